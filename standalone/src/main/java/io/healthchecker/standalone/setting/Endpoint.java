package io.healthchecker.standalone.setting;

import io.healthchecker.standalone.StartFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** A host and a port. IPv6 addresses stand without brackets. */
public record Endpoint(String host, int port) {

    /** This machine, reached by nobody else. */
    public static Endpoint loopback(int port) {
        return new Endpoint("127.0.0.1", port);
    }

    static Endpoint of(URI uri, int defaultPort) {
        return new Endpoint(uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort() < 0 ? defaultPort : uri.getPort());
    }

    /** As it is written in a URL. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Parses a URL that has one of the schemes and a host; {@code name} is what the user calls the setting. */
    static URI parse(String name, String value, Set<String> schemes, String example) {
        URI uri;
        try {
            uri = new URI(value);
        } catch (URISyntaxException broken) {
            // the reason only: the text may hold a password
            throw broken(name, "not a URL (" + broken.getReason() + ")", example);
        }
        if (uri.getScheme() == null || !schemes.contains(uri.getScheme())) {
            throw broken(name, uri.getScheme() == null ? "without a scheme" : "of scheme " + uri.getScheme(), example);
        }
        if (uri.getHost() == null) {
            throw broken(name, "without a host name", example);
        }
        return uri;
    }

    static StartFailure broken(String name, String what, String example) {
        return new StartFailure("%s is %s; it must look like %s".formatted(name, what, example));
    }
}

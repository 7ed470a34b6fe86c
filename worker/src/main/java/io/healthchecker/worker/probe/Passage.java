package io.healthchecker.worker.probe;

import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.crds.probe.BasicCredentials;
import io.healthchecker.crds.probe.ClientCertificate;
import io.healthchecker.crds.probe.HttpProxy;
import io.healthchecker.crds.probe.SecretText;
import io.healthchecker.worker.dial.Alpn;
import io.healthchecker.worker.dial.ClientIdentity;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.dial.Family;
import io.healthchecker.worker.dial.OwnTls;
import io.healthchecker.worker.dial.Route;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a definition says of its own about a connection: through whom it leads, whom to trust, and who we are.
 *
 * @param tls null for the worker's own
 * @param flaw why nothing can be connected to, since a certificate or key cannot be read; null if it can
 */
public record Passage(
        Route route, @Nullable OwnTls tls, @Nullable String flaw) {

    /** What is trusted and shown, and how HTTP/2 is agreed on. */
    public record Trust(
            @Nullable SecretText authorities, @Nullable ClientCertificate shown, boolean verified, Alpn alpn) {}

    public static Passage of(Dialer dialer, @Nullable HttpProxy proxy, Trust trust) {
        Route route = proxy == null ? Route.DIRECT : new Route(proxy(proxy), Family.ANY);
        if (trust.authorities == null && trust.shown == null) {
            return new Passage(route, null, null);
        }
        try {
            String authorities = trust.authorities == null ? null : text(trust.authorities);
            return new Passage(
                    route, dialer.ownTls(authorities, identity(trust.shown), trust.verified, trust.alpn), null);
        } catch (IllegalArgumentException e) {
            return new Passage(route, null, String.valueOf(e.getMessage()));
        }
    }

    /** A proxy, as the dial knows it. */
    public static Route.Proxy proxy(HttpProxy wanted) {
        String host = HttpUrl.host(Objects.requireNonNull(wanted.host(), "proxy.host"));
        int port = Objects.requireNonNull(wanted.port(), "proxy.port");
        return new Route.Proxy(host, port, wanted.basic() == null ? null : basic(wanted.basic()));
    }

    /** A certificate and its key, as the dial knows them. */
    public static @Nullable ClientIdentity identity(@Nullable ClientCertificate shown) {
        return shown == null
                ? null
                : new ClientIdentity(
                        text(Objects.requireNonNull(shown.certificate(), "clientCertificate.certificate")),
                        text(Objects.requireNonNull(shown.privateKey(), "clientCertificate.privateKey")));
    }

    /** Value of an Authorization header. */
    public static String basic(BasicCredentials credentials) {
        String password = text(Objects.requireNonNull(credentials.password(), "password"));
        String pair = Objects.requireNonNull(credentials.username(), "username") + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** A text that is known by now: where it came from a Secret, it stands in its place. */
    public static String text(SecretText secret) {
        return Objects.requireNonNull(secret.value(), "a secret without its value");
    }
}

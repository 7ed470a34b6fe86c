package io.healthchecker.worker.probe.http;

import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.assertion.Header;
import io.healthchecker.core.service.HttpUrl;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** Where a Location header leads, seen from the address that answered with it (RFC 3986 §5.2). */
final class Location {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final int MAX = 8_192;

    private Location() {}

    /**
     * Resolves it.
     *
     * @param header its value, each byte one character
     * @throws IllegalArgumentException if it leads nowhere that can be requested
     */
    static HttpUrl resolve(HttpUrl base, String header) {
        if (header.length() > MAX) {
            throw new IllegalArgumentException("it has %d characters".formatted(header.length()));
        }
        return follow(base, new Header("location", header).text());
    }

    /**
     * Resolves a reference.
     *
     * @throws IllegalArgumentException if it leads nowhere that can be requested
     */
    static HttpUrl follow(HttpUrl base, String text) {
        String reference = text.strip();
        int fragment = reference.indexOf('#');
        reference = fragment < 0 ? reference : reference.substring(0, fragment);
        String scheme = base.tls() ? "https:" : "http:";
        if (SCHEME.matcher(reference).matches()) {
            return normal(HttpUrl.parse(reference));
        }
        if (reference.startsWith("//")) {
            return normal(HttpUrl.parse(scheme + reference));
        }
        return normal(HttpUrl.parse(scheme + "//" + base.authority() + target(base.target(), reference)));
    }

    private static String target(String base, String reference) {
        int query = base.indexOf('?');
        String path = query < 0 ? base : base.substring(0, query);
        if (reference.isEmpty()) {
            return base;
        }
        if (reference.startsWith("?")) {
            return path + reference;
        }
        return reference.startsWith("/") ? reference : path.substring(0, path.lastIndexOf('/') + 1) + reference;
    }

    private static HttpUrl normal(HttpUrl url) {
        int query = url.target().indexOf('?');
        String path = query < 0 ? url.target() : url.target().substring(0, query);
        if (!path.contains("/.")) {
            return url;
        }
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean dots = segments[i].equals(".") || segments[i].equals("..");
            if (segments[i].equals("..")) {
                kept.pollLast();
            }
            if (!dots) {
                kept.addLast(segments[i]);
            } else if (i == segments.length - 1) {
                kept.addLast(""); // /a/.. is the folder, with its slash
            }
        }
        String rest = query < 0 ? "" : url.target().substring(query);
        return new HttpUrl(url.tls(), url.host(), url.port(), "/" + String.join("/", kept) + rest);
    }

    /** What may be shown of it: neither user-info nor query. */
    static String shown(String header) {
        String bare = header.replaceFirst("[?#].*", "?…").replaceFirst("//[^/]*@", "//***@");
        return Excerpt.of(bare, 200);
    }
}

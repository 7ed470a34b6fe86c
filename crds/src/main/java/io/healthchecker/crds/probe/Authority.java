package io.healthchecker.crds.probe;

import org.jspecify.annotations.Nullable;

/** Host and port as a URL has them (RFC 3986 §3.2). */
final class Authority {
    private Authority() {}

    static String of(@Nullable String host, @Nullable Integer port) {
        String named = host == null ? "" : host;
        String bracketed = named.contains(":") ? "[" + named + "]" : named;
        return port == null ? bracketed : bracketed + ":" + port;
    }
}

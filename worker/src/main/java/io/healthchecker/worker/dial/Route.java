package io.healthchecker.worker.dial;

import org.jspecify.annotations.Nullable;

/**
 * On which way to a target.
 *
 * @param proxy through whom, null for straight to it
 * @param family over which addresses
 */
public record Route(@Nullable Proxy proxy, Family family) {
    /** Straight to it, over any of its addresses. */
    public static final Route DIRECT = new Route(null, Family.ANY);

    /**
     * Someone who opens a connection for us when asked by CONNECT (RFC 9110 §9.3.6).
     *
     * @param host lower-case punycode name, or an address without brackets
     * @param authorization value of Proxy-Authorization, null for none
     */
    public record Proxy(String host, int port, @Nullable String authorization) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}

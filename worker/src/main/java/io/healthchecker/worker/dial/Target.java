package io.healthchecker.worker.dial;

import io.healthchecker.worker.dial.starttls.StartTls;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect to.
 *
 * @param host lower-case punycode name, or an address without brackets
 * @param tls how to encrypt, null for not at all
 * @param startTls in which protocol to ask for that first, null to encrypt at once
 */
public record Target(
        String host,
        int port,
        @Nullable Encryption tls,
        @Nullable StartTls startTls) {

    /** Encrypted from its first byte, where it is encrypted. */
    public Target(String host, int port, @Nullable Encryption tls) {
        this(host, port, tls, null);
    }

    /**
     * How to encrypt.
     *
     * @param serverName asked for by SNI and looked for in the certificate
     * @param verified whether chain, name and dates of the certificate are verified
     * @param alpn what is offered beside TLS itself
     * @param own authorities and certificate of the definition's own, null for the worker's
     */
    public record Encryption(
            String serverName,
            boolean verified,
            Alpn alpn,
            @Nullable OwnTls own) {

        /** With the worker's own authorities, and nothing offered. */
        public Encryption(String serverName, boolean verified) {
            this(serverName, verified, Alpn.NONE, null);
        }
    }
}

package io.healthchecker.worker.dial;

import org.jspecify.annotations.Nullable;

/**
 * Where to connect to.
 *
 * @param host lower-case punycode name, or an address without brackets
 * @param tls how to encrypt, null for not at all
 */
public record Target(String host, int port, @Nullable Encryption tls) {

    /**
     * How to encrypt.
     *
     * @param serverName asked for by SNI and looked for in the certificate
     * @param verified whether chain, name and dates of the certificate are verified
     */
    public record Encryption(String serverName, boolean verified) {}
}

package io.healthchecker.core.service;

import io.healthchecker.crds.probe.BasicCredentials;
import io.healthchecker.crds.probe.ClientCertificate;
import io.healthchecker.crds.probe.HttpProxy;
import io.healthchecker.crds.probe.SecretText;
import org.jspecify.annotations.Nullable;

/**
 * Rules of what several kinds of probe say alike of their connections.
 *
 * @param kind such as {@code grpc}
 * @param authorities whom to trust
 * @param certificate who we are
 * @param proxy through whom
 * @param verification how a certificate is verified
 */
record ConnectionRules(
        String kind,
        @Nullable SecretText authorities,
        @Nullable ClientCertificate certificate,
        @Nullable HttpProxy proxy,
        @Nullable String verification) {

    /** Adds what is wrong. */
    void judge(FieldRules rules) {
        if (authorities != null && "None".equals(verification)) {
            rules.add(
                    kind + ".certificateAuthorities",
                    "%1$s.certificateAuthorities are for nothing where %1$s.tlsVerification is None; remove one of them"
                            .formatted(kind));
        }
        rules.secret(kind + ".certificateAuthorities", authorities);
        if (certificate != null) {
            rules.secret(kind + ".clientCertificate.certificate", certificate.certificate());
            rules.secret(kind + ".clientCertificate.privateKey", certificate.privateKey());
        }
        if (proxy != null) {
            rules.host(kind + ".proxy.host", proxy.host());
            BasicCredentials basic = proxy.basic();
            if (basic != null) {
                rules.secret(kind + ".proxy.basic.password", basic.password());
            }
        }
    }
}

package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.UnknownHostException;

/**
 * Why a name could not be looked up.
 *
 * @param reason {@link Reason#WORKER_FAULT} where it is our own trouble
 */
record NameFailure(Reason reason, String detail) {

    static NameFailure of(String host, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (ConnectFailure.isOutOfDescriptors(cause)) {
                return new NameFailure(Reason.WORKER_FAULT, "no file descriptor is free to look %s up".formatted(host));
            }
            if (cause instanceof DnsNameResolverTimeoutException) {
                return new NameFailure(Reason.TIMEOUT_DNS, "no name server answered for " + host);
            }
            if (cause instanceof NameRefused refused) {
                return refused(host, refused.code());
            }
            if (cause instanceof DnsErrorCauseException answered) {
                return answered.getCode().equals(DnsResponseCode.NXDOMAIN)
                        ? new NameFailure(Reason.DNS_NXDOMAIN, host + " does not exist")
                        : refused(host, NameRefused.name(answered.getCode()));
            }
        }
        return thrown instanceof UnknownHostException
                ? new NameFailure(Reason.DNS_NO_DATA, host + " has no address")
                : new NameFailure(
                        Reason.DNS_FAILED, "%s could not be looked up: %s".formatted(host, thrown.getMessage()));
    }

    boolean ours() {
        return reason == Reason.WORKER_FAULT;
    }

    private static NameFailure refused(String host, String code) {
        Reason reason = switch (code) {
            case "SERVFAIL" -> Reason.DNS_SERVFAIL;
            case "REFUSED" -> Reason.DNS_REFUSED;
            default -> Reason.DNS_FAILED;
        };
        return new NameFailure(reason, "the name server answered %s for %s".formatted(code, host));
    }
}

package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;

/** Why a name could not be looked up. */
record NameFailure(Reason reason, String detail) {

    static NameFailure of(String host, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof DnsNameResolverTimeoutException) {
                return new NameFailure(Reason.TIMEOUT_DNS, "no name server answered for " + host);
            }
            if (cause instanceof DnsErrorCauseException answered) {
                return answered.getCode().equals(DnsResponseCode.NXDOMAIN)
                        ? new NameFailure(Reason.DNS_NXDOMAIN, host + " does not exist")
                        : new NameFailure(
                                Reason.DNS_FAILED,
                                "the name server answered %s for %s".formatted(name(answered), host));
            }
        }
        return thrown instanceof java.net.UnknownHostException
                ? new NameFailure(Reason.DNS_NO_DATA, host + " has no address")
                : new NameFailure(
                        Reason.DNS_FAILED, "%s could not be looked up: %s".formatted(host, thrown.getMessage()));
    }

    private static String name(DnsErrorCauseException answered) {
        return answered.getCode().toString().replaceFirst("\\(\\d+\\)$", "");
    }
}

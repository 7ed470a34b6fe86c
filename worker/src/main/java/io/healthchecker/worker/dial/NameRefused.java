package io.healthchecker.worker.dial;

import io.netty.handler.codec.dns.DnsResponseCode;
import java.net.UnknownHostException;
import java.util.Locale;

/** A name that a name server did not answer for, and the code that it gave instead. */
final class NameRefused extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    private final String code;

    NameRefused(String host, DnsResponseCode code) {
        super(host);
        this.code = name(code);
    }

    /** Such as {@code REFUSED}. */
    String code() {
        return code;
    }

    static String name(DnsResponseCode code) {
        return code.toString().replaceFirst("\\(\\d+\\)$", "").toUpperCase(Locale.ROOT);
    }
}

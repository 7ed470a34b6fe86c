package io.healthchecker.worker.dial;

import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.check.Reason;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;

/** Why a TLS handshake failed. */
public record TlsFailure(Reason reason, String text) {

    public static TlsFailure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Untrusted untrusted) {
                return new TlsFailure(untrusted.reason(), untrusted.text());
            }
            if (cause instanceof NotSslRecordException) {
                return new TlsFailure(Reason.TLS_FAILED, "the target does not speak TLS");
            }
            if (cause instanceof ClosedChannelException) {
                return new TlsFailure(Reason.CONNECTION_CLOSED, "closed during the TLS handshake");
            }
            if (cause instanceof IOException
                    && String.valueOf(cause.getMessage()).contains("reset")) {
                return new TlsFailure(Reason.CONNECTION_RESET, "reset during the TLS handshake");
            }
        }
        String text = text(thrown);
        // the alert no_application_protocol, in the words of BoringSSL and of the JDK
        return text.toLowerCase(Locale.ROOT).replace('_', ' ').contains("no application protocol")
                ? new TlsFailure(Reason.PROTOCOL_ERROR, "the target speaks no protocol that was offered by ALPN")
                : new TlsFailure(Reason.TLS_FAILED, text);
    }

    // BoringSSL says error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION
    private static String text(Throwable thrown) {
        String said = String.valueOf(thrown.getMessage());
        if (said.contains("OPENSSL_internal:")) {
            said = said.substring(said.lastIndexOf(':') + 1).replace('_', ' ').toLowerCase(Locale.ROOT);
        }
        return "handshake failed: " + Excerpt.of(said, 200);
    }
}

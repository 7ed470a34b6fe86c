package io.healthchecker.worker.probe.grpc;

import io.healthchecker.core.assertion.Header;
import io.healthchecker.core.check.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param code 0 to 16 by the protocol, -1 where it cannot be read
 * @param message what the server says to it, mostly empty
 */
record GrpcStatus(int code, String message) {
    private static final List<String> NAMES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    /** What the headers behind an answer say, null if they do not say it. */
    static @Nullable GrpcStatus of(List<Header> headers) {
        String status = null;
        String message = "";
        for (Header header : headers) {
            if (header.is("grpc-status")) {
                status = header.value().strip();
            } else if (header.is("grpc-message")) {
                message = decoded(header.value());
            }
        }
        return status == null
                ? null
                : new GrpcStatus(status.matches("[0-9]{1,3}") ? Integer.parseInt(status) : -1, message);
    }

    boolean ok() {
        return code == 0;
    }

    String name() {
        return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "a status that nobody knows (%d)".formatted(code);
    }

    Reason reason() {
        return switch (name()) {
            case "NOT_FOUND" -> Reason.GRPC_NOT_FOUND;
            case "UNAVAILABLE" -> Reason.GRPC_UNAVAILABLE;
            case "UNIMPLEMENTED" -> Reason.GRPC_UNIMPLEMENTED;
            default -> Reason.GRPC_FAILED;
        };
    }

    // percent-encoded UTF-8; what is not well encoded stays as it is
    private static String decoded(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
            int low = i + 2 < value.length() ? Character.digit(value.charAt(i + 2), 16) : -1;
            if (c == '%' && high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

package io.healthchecker.worker.probe.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** What a server must answer to in its own way, so that it is known to mean this very request (RFC 6455 §4.1). */
record OpeningKey(String text) {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    static OpeningKey random() {
        byte[] bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return new OpeningKey(Base64.getEncoder().encodeToString(bytes));
    }

    /** The one right value of Sec-WebSocket-Accept. */
    String accept() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((text + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}

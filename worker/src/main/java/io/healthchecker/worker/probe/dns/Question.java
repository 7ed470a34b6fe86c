package io.healthchecker.worker.probe.dns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is asked (RFC 1035 §4.1).
 *
 * @param name lower-case, without a dot at its end; empty for the root
 * @param recursion whether the server is to ask others
 * @param authentic whether the server is to say if DNSSEC vouches for its answer (RFC 6840 §5.7)
 */
record Question(String name, RecordType type, boolean recursion, boolean authentic) {
    private static final int HEADER = 12;
    private static final int INTERNET = 1;

    /** The message, under an id. */
    byte[] message(int id) {
        ByteBuffer message = ByteBuffer.allocate(HEADER + name.length() + 2 + 4);
        message.putShort((short) id).putShort((short) ((recursion ? 0x0100 : 0) | (authentic ? 0x0020 : 0)));
        message.putShort((short) 1).putShort((short) 0).putInt(0);
        for (String label : name.isEmpty() ? new String[0] : name.split("\\.")) {
            message.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        message.put((byte) 0).putShort((short) type.code()).putShort((short) INTERNET);
        return Arrays.copyOf(message.array(), message.position());
    }
}

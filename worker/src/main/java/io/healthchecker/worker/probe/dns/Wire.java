package io.healthchecker.worker.probe.dns;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The bytes of a message, read from a place on; every step is bounded by the message's end. */
final class Wire {
    private static final int MAX_NAME = 255;
    private static final int POINTER = 0xc0;

    private final byte[] bytes;
    private int at;

    Wire(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int at() {
        return at;
    }

    void skip(int count) throws Malformed {
        need(count);
        at += count;
    }

    int byteValue() throws Malformed {
        need(1);
        return bytes[at++] & 0xff;
    }

    int shortValue() throws Malformed {
        return byteValue() << 8 | byteValue();
    }

    long intValue() throws Malformed {
        return (long) shortValue() << 16 | shortValue();
    }

    byte[] take(int count) throws Malformed {
        need(count);
        byte[] taken = java.util.Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return taken;
    }

    String hex(int count) throws Malformed {
        return HexFormat.of().formatHex(take(count));
    }

    private void need(int count) throws Malformed {
        if (count < 0 || count > bytes.length - at) {
            throw new Malformed("it ends in the middle of a record");
        }
    }

    /** A name, lower-case and without a dot at its end; {@code .} for the root. */
    String name() throws Malformed {
        StringBuilder name = new StringBuilder();
        int end = -1; // behind the name, once a pointer was followed
        int limit = at; // a pointer leads backwards, so that none is followed twice
        while (true) {
            int length = byteValue();
            if ((length & POINTER) == POINTER) {
                int target = (length & ~POINTER) << 8 | byteValue();
                end = end < 0 ? at : end;
                if (target >= limit) {
                    throw new Malformed("a name points at itself");
                }
                at = target;
                limit = target;
            } else if ((length & POINTER) != 0) {
                throw new Malformed("a name has a label of an unknown kind");
            } else if (length == 0) {
                at = end < 0 ? at : end;
                return name.isEmpty() ? "." : name.toString();
            } else {
                label(name, take(length));
            }
        }
    }

    private static void label(StringBuilder name, byte[] label) throws Malformed {
        name.append(name.isEmpty() ? "" : ".");
        for (byte b : label) {
            int c = b & 0xff;
            if (c <= ' ' || c >= 0x7f || c == '.' || c == '\\') {
                name.append("\\%03d".formatted(c)); // RFC 4343 §2.1
            } else {
                name.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c));
            }
        }
        if (name.length() > 4 * MAX_NAME) {
            throw new Malformed("a name is longer than 255 bytes");
        }
    }

    /** A text with its length in front, one character a byte. */
    String text() throws Malformed {
        return new String(take(byteValue()), StandardCharsets.UTF_8);
    }
}

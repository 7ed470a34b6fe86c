package io.healthchecker.api.index;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** A text as it is sent: compressed pieces, one after the other. */
final class Packed {
    // RFC 1952: a file of method deflate without name or time, from an unknown system
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final byte[] LAST_BLOCK = {3, 0}; // RFC 1951: final, with fixed codes, empty
    private static final int TRAILER = 8;

    private final byte[] gzip;
    private final String tag;

    private Packed(byte[] gzip, String tag) {
        this.gzip = gzip;
        this.tag = tag;
    }

    /**
     * Puts pieces together.
     *
     * @param head the first piece, which is no part of the tag
     * @param version which is part of the tag
     */
    static Packed of(Piece head, List<Piece> rest, long version) {
        int size = head.deflated().length
                + rest.stream().mapToInt(piece -> piece.deflated().length).sum();
        var gzip = new ByteArrayOutputStream(HEADER.length + size + LAST_BLOCK.length + TRAILER);
        gzip.writeBytes(HEADER);
        gzip.writeBytes(head.deflated());
        var check = new CRC32();
        check.update(head.text());
        long length = head.text().length;
        var content = new StringBuilder();
        for (Piece piece : rest) {
            gzip.writeBytes(piece.deflated());
            check.update(piece.text());
            length += piece.text().length;
            content.append(piece.digest());
        }
        gzip.writeBytes(LAST_BLOCK);
        writeNumber(gzip, check.getValue());
        writeNumber(gzip, length);
        String digest = Press.digest(content.toString().getBytes(StandardCharsets.US_ASCII));
        return new Packed(gzip.toByteArray(), "\"%d-%s\"".formatted(version, digest.substring(0, 16)));
    }

    byte[] gzip() {
        return gzip;
    }

    /** The same for the same text and version, whoever compressed it. */
    String tag() {
        return tag;
    }

    private static void writeNumber(ByteArrayOutputStream out, long number) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (number >>> shift) & 0xff);
        }
    }
}

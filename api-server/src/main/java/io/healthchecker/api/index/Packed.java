package io.healthchecker.api.index;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * A text as it is sent, compressed piece by piece: a piece that was in the text before is not compressed again, which is
 * what costs most.
 */
final class Packed {
    // RFC 1952: a file of method deflate without name or time, from an unknown system
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final byte[] LAST_BLOCK = {3, 0}; // RFC 1951: final, with fixed codes, empty

    private final Map<String, byte[]> pieces;
    private final byte[] gzip;
    private final String tag;

    private Packed(Map<String, byte[]> pieces, byte[] gzip, String tag) {
        this.pieces = pieces;
        this.gzip = gzip;
        this.tag = tag;
    }

    /** What a piece is known by: the first half of its SHA-256. */
    private static String digest(byte[] piece) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(piece), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Compresses a text.
     *
     * @param raw its pieces, of which the first is compressed anew always and is no part of the tag
     * @param before the same text as it was before, null for a new one
     * @param version which is part of the tag
     * @param level how hard to try, as {@link Deflater} knows it
     */
    static Packed of(List<byte[]> raw, @Nullable Packed before, long version, int level) {
        Map<String, byte[]> known = before == null ? Map.of() : before.pieces;
        Map<String, byte[]> pieces = new HashMap<>();
        var gzip = new ByteArrayOutputStream(before == null ? 1 << 16 : before.gzip.length + 1_024);
        gzip.writeBytes(HEADER);
        var check = new CRC32();
        var all = new StringBuilder();
        long length = 0;
        Deflater deflater = new Deflater(level, true);
        try {
            for (int i = 0; i < raw.size(); i++) {
                byte[] piece = raw.get(i);
                check.update(piece);
                length += piece.length;
                if (i == 0) {
                    gzip.writeBytes(deflate(deflater, piece));
                    continue;
                }
                String digest = digest(piece);
                all.append(digest);
                byte[] deflated = known.get(digest);
                if (deflated == null) {
                    deflated = deflate(deflater, piece);
                }
                pieces.put(digest, deflated);
                gzip.writeBytes(deflated);
            }
        } finally {
            deflater.end();
        }
        gzip.writeBytes(LAST_BLOCK);
        writeNumber(gzip, check.getValue());
        writeNumber(gzip, length);
        String content =
                digest(all.toString().getBytes(StandardCharsets.US_ASCII)).substring(0, 16);
        return new Packed(pieces, gzip.toByteArray(), "\"%d-%s\"".formatted(version, content));
    }

    byte[] gzip() {
        return gzip;
    }

    /** The same for the same text and version, whoever compressed it. */
    String tag() {
        return tag;
    }

    /** Whole bytes that need nothing of what stands before them, and end no stream. */
    private static byte[] deflate(Deflater deflater, byte[] piece) {
        deflater.reset();
        deflater.setInput(piece);
        var out = new ByteArrayOutputStream(piece.length / 4 + 64);
        byte[] buffer = new byte[16_384];
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
            out.write(buffer, 0, count);
        } while (count == buffer.length);
        return out.toByteArray();
    }

    private static void writeNumber(ByteArrayOutputStream out, long number) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (number >>> shift) & 0xff);
        }
    }
}

package io.healthchecker.api.index;

/** A part of a text, and the same compressed: whole bytes that need nothing of what stands before them, and end no stream. */
final class Piece {
    private final byte[] text;
    private final byte[] deflated;
    private final String digest;

    /** @param digest by which the text is known */
    Piece(byte[] text, byte[] deflated, String digest) {
        this.text = text;
        this.deflated = deflated;
        this.digest = digest;
    }

    byte[] text() {
        return text;
    }

    byte[] deflated() {
        return deflated;
    }

    String digest() {
        return digest;
    }
}

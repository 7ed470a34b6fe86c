package io.healthchecker.api.ui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A file that browsers load. */
final class Asset {
    // a file of another kind, such as a class of this package, is not served
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "webmanifest", "application/manifest+json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "txt", "text/plain; charset=utf-8",
            "md", "text/markdown; charset=utf-8");

    private final String mediaType;
    private final byte[] bytes;
    private final byte[] gzip;

    private Asset(String mediaType, byte[] bytes, byte[] gzip) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.gzip = gzip;
    }

    /** A file by its name and content; empty if files of that kind are not served. */
    static Optional<Asset> of(String name, byte[] bytes) {
        return Optional.ofNullable(MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
                .map(mediaType -> new Asset(mediaType, bytes, smaller(bytes)));
    }

    String mediaType() {
        return mediaType;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The same compressed, or as it is where that saves nothing. */
    byte[] gzip() {
        return gzip;
    }

    boolean compressed() {
        return gzip.length < bytes.length;
    }

    private static byte[] smaller(byte[] bytes) {
        byte[] gzip = gzip(bytes);
        return gzip.length < bytes.length ? gzip : bytes;
    }

    private static byte[] gzip(byte[] bytes) {
        var compressed = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (var out = new BestGzip(compressed)) {
            out.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }

    /** Compressed once and sent often, so as small as it gets. */
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}

package io.healthchecker.api.page;

import io.healthchecker.core.secret.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Something that others may see, as it is sent to all of them: made once, compressed once. */
public final class Rendered {
    private final MediaType mediaType;
    private final byte[] bytes;
    private final byte[] gzip;
    private final String tag;

    private Rendered(MediaType mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.gzip = compressed(bytes);
        this.tag = hash(bytes);
    }

    /** A text of some media type. */
    public static Rendered of(String mediaType, String text) {
        return new Rendered(MediaType.parseMediaType(mediaType), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The answer, which caches may keep for a while, and longer while this server is away.
     *
     * @param encodings what the caller says that it accepts, null if nothing
     */
    public ResponseEntity<byte[]> answer(Duration fresh, @Nullable String encodings) {
        CacheControl kept = CacheControl.maxAge(fresh)
                .cachePublic()
                .sMaxAge(fresh)
                .staleWhileRevalidate(Duration.ofMinutes(1))
                .staleIfError(Duration.ofDays(1));
        return answer(ResponseEntity.ok().cacheControl(kept), encodings);
    }

    /**
     * The answer to somebody who has a link: only their browser keeps it, and asks each time whether it is shown still.
     *
     * @param encodings what the caller says that it accepts, null if nothing
     */
    public ResponseEntity<byte[]> answerPrivately(@Nullable String encodings) {
        return answer(
                ResponseEntity.ok()
                        .cacheControl(CacheControl.noCache().cachePrivate())
                        .header("Referrer-Policy", "no-referrer")
                        .header("X-Robots-Tag", "noindex, nofollow, noarchive"),
                encodings);
    }

    private ResponseEntity<byte[]> answer(ResponseEntity.BodyBuilder begun, @Nullable String encodings) {
        boolean zipped = encodings != null && encodings.contains("gzip") && gzip.length < bytes.length;
        var response = begun.contentType(mediaType)
                .eTag("\"%s%s\"".formatted(tag, zipped ? "-gzip" : ""))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*"); // the same whoever shows it
        return zipped ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(gzip) : response.body(bytes);
    }

    private static byte[] compressed(byte[] bytes) {
        var compressed = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (var out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes), 0, 8);
    }
}

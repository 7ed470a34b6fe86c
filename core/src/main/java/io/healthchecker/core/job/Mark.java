package io.healthchecker.core.job;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What Redis remembers of a shard: it has every job up to the watermark, appended under this epoch or an older one. It
 * is lost together with the jobs.
 */
public record Mark(long epoch, long watermarkMillis) {
    /** Reads the hash of one stream group, by shard; a shard without both fields has no mark. */
    static Map<Integer, Mark> read(Map<byte[], byte[]> hash) {
        Map<String, Long> fields = new HashMap<>();
        hash.forEach((field, value) -> fields.put(text(field), Long.valueOf(text(value))));
        Map<Integer, Mark> marks = new HashMap<>();
        fields.forEach((field, epoch) -> {
            Long watermark = field.startsWith("e") ? fields.get("w" + field.substring(1)) : null;
            if (watermark != null) {
                marks.put(Integer.valueOf(field.substring(1)), new Mark(epoch, watermark));
            }
        });
        return marks;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

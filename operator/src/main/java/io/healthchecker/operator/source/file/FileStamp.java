package io.healthchecker.operator.source.file;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * By what a file shows, without being read, that it is another one.
 *
 * @param key which file it is, whatever it is called; null where the system has no such thing
 */
record FileStamp(FileTime modified, long size, @Nullable Object key) {
    // some file systems count in steps of two seconds, and a second write in the same step shows nothing
    private static final long COARSEST_MILLIS = 2_000;

    static FileStamp of(BasicFileAttributes attributes) {
        return new FileStamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    /** Whether any later write shows in another stamp. */
    boolean settled(long nowMillis) {
        return nowMillis - modified.toMillis() > COARSEST_MILLIS;
    }
}

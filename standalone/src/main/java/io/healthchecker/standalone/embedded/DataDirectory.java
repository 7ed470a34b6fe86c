package io.healthchecker.standalone.embedded;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.standalone.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where one running installation keeps what must outlive it. Locked while it runs; the lock dies with the process. */
public final class DataDirectory implements AutoCloseable {
    private static final String PREFIX = "health-checker-ephemeral-";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int SECRET_BYTES = 32;

    private final Path path;
    private final boolean ephemeral;
    private final FileChannel lock;

    private DataDirectory(Path path, boolean ephemeral, FileChannel lock) {
        this.path = path;
        this.ephemeral = ephemeral;
        this.lock = lock;
    }

    /** Makes the directory where it is missing, and locks it; throws {@link StartFailure} where it is in use. */
    public static DataDirectory open(Path wanted) {
        Path path = wanted.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            FileChannel lock = lock(path.resolve("lock"));
            if (lock == null) {
                throw new StartFailure(
                        "data directory %s is in use by process %s; stop that, or choose another with --data"
                                .formatted(
                                        path,
                                        Files.readString(path.resolve("lock")).strip()));
            }
            return new DataDirectory(path.toRealPath(), false, lock);
        } catch (IOException failed) {
            throw new StartFailure(
                    "data directory %s cannot be used (%s: %s); choose another with --data"
                            .formatted(path, failed.getClass().getSimpleName(), failed.getMessage()),
                    failed);
        }
    }

    /** A new one that {@link #close} removes. */
    public static DataDirectory ephemeral() {
        try {
            Path path = Files.createTempDirectory(PREFIX).toRealPath();
            FileChannel lock = lock(path.resolve("lock"));
            if (lock == null) {
                throw new IllegalStateException("a new directory is locked: " + path);
            }
            return new DataDirectory(path, true, lock);
        } catch (IOException failed) {
            throw new StartFailure("no temporary directory can be made: " + failed.getMessage(), failed);
        }
    }

    /** Removes what killed runs with {@code --ephemeral} left, their servers first. */
    public static void sweep() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (var left = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path each : left) {
                if (Tree.isOurs(each)) {
                    sweep(each.toRealPath());
                }
            }
        } catch (IOException _) {
            // what cannot be read is not ours to remove
        }
    }

    private static void sweep(Path path) throws IOException {
        FileChannel lock = lock(path.resolve("lock"));
        if (lock != null) {
            try (var directory = new DataDirectory(path, true, lock)) {
                EmbeddedPostgres.stop(directory);
                EmbeddedRedis.stop(directory);
            }
        }
    }

    private static @Nullable FileChannel lock(Path file) throws IOException {
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            return null;
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // held by this very process
        }
    }

    public Path path() {
        return path;
    }

    /** A file or directory in it. */
    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Whether it is removed at the end, so that nothing in it needs to survive a crash. */
    boolean isEphemeral() {
        return ephemeral;
    }

    /** A random secret that is made once and kept, readable by its owner alone. */
    public Secret secret(String name) {
        Path file = resolve(name);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[SECRET_BYTES];
                new SecureRandom().nextBytes(random);
                write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            }
            return new Secret(Files.readString(file).strip());
        } catch (IOException failed) {
            throw new StartFailure("%s cannot be used: %s".formatted(file, failed.getMessage()), failed);
        }
    }

    /** Writes a file at once or not at all, readable by its owner alone. */
    void write(Path file, String text) throws IOException {
        Path fresh = resolve("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.writeString(Files.createFile(fresh, OWNER_ONLY), text + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        try {
            if (ephemeral) {
                Tree.delete(path);
            }
            lock.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

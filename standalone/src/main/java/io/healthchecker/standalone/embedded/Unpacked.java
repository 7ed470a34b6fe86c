package io.healthchecker.standalone.embedded;

import io.healthchecker.standalone.StartFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** The servers' programs that come in jars, unpacked once and kept for the next run. */
final class Unpacked {
    private final Path cache;

    Unpacked(Path cache) {
        this.cache = cache;
    }

    /** The directory of PostgreSQL: {@code bin}, {@code lib}, {@code share}. */
    Path postgres() {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String resource = "postgres-%s-%s.txz".formatted(mac ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
        return keep("postgresql", resource, Unpacked::untar).resolve("postgresql");
    }

    /** The executable of Redis. */
    Path redis() {
        String resource = ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
        return keep("redis", String.valueOf(resource).replaceFirst("^/", ""), (in, to) -> {
                    Path program = Files.createDirectories(to).resolve("redis-server");
                    Files.copy(in, program);
                    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
                })
                .resolve("redis")
                .resolve("redis-server");
    }

    private interface Unpacking {
        void unpack(InputStream in, Path to) throws IOException;
    }

    /** The directory that holds a resource in unpacked form under a name; its own name changes with the content. */
    private Path keep(String name, String resource, Unpacking unpacking) {
        URL url = Unpacked.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new StartFailure("there is no %s for %s on %s; set %s"
                    .formatted(
                            name,
                            System.getProperty("os.name"),
                            System.getProperty("os.arch"),
                            name.equals("redis") ? "REDIS_URL" : "DATABASE_URL"));
        }
        try {
            Path kept = cache.resolve("%s-%08x".formatted(name, checksum(url)));
            if (!Files.isDirectory(kept)) {
                Path fresh = Files.createTempDirectory(cache, name + "-");
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
                try (var in = new BufferedInputStream(url.openStream(), 1 << 16)) {
                    unpacking.unpack(in, fresh.resolve(name));
                }
                install(fresh, kept);
            }
            return kept;
        } catch (IOException failed) {
            throw new StartFailure("cannot unpack %s into %s: %s".formatted(name, cache, failed.getMessage()), failed);
        }
    }

    private static void install(Path fresh, Path kept) throws IOException {
        try {
            Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException impossible) {
            throw impossible;
        } catch (IOException taken) {
            if (!Files.isDirectory(kept)) {
                throw taken;
            }
            Tree.delete(fresh); // another process was faster
        }
    }

    private static long checksum(URL url) throws IOException {
        var connection = url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            jar.setUseCaches(false);
            try (var _ = jar.getJarFile()) {
                return jar.getJarEntry().getCrc();
            }
        }
        var crc = new CRC32();
        try (var in = connection.getInputStream()) {
            crc.update(in.readAllBytes());
        }
        return crc.getValue();
    }

    private static void untar(InputStream compressed, Path to) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(compressed))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                Path file = to.resolve(entry.getName()).normalize();
                if (!file.startsWith(to)) {
                    throw new IOException("the archive leaves its directory at " + entry.getName());
                }
                write(tar, entry, file);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        boolean executable = (entry.getMode() & 0b001_000_000) != 0;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}

package io.healthchecker.standalone.cache;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the start-up cache in a process of its own, on the class path and with the flags of this one: the JVM takes no
 * cache that was trained under others.
 */
public final class Training {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String SUFFIX = ".aot";

    private final Path cache;
    private final List<String> command = new ArrayList<>();

    /** Trains into a file by running a command line of hc that ends by itself. */
    public Training(Path cache, String... arguments) {
        this.cache = cache;
        command.addAll(List.of("nice", "-n", Integer.toString(Integer.getInteger("hc.cache.nice", 19))));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-XX:AOT") && !flag.startsWith("-Dhc."))
                .forEach(command::add);
        command.addAll(List.of("-XX:AOTCacheOutput=" + fresh(), "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
    }

    /** Trains after a while, so that what the user came for is done first. Interrupting the thread ends all of it. */
    public Thread inBackground(Duration rest) {
        return Thread.ofPlatform().daemon().name("training").start(() -> {
            try {
                if (!new CountDownLatch(1).await(rest.toMillis(), TimeUnit.MILLISECONDS) && run()) {
                    LOG.info("start-up cache made file={}", cache);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (IOException failed) {
                LOG.info("start-up cache not made file={} because={}", cache, failed.toString());
            }
        });
    }

    /** Trains, unless another process does. True if the cache is there afterwards. */
    public boolean run() throws IOException, InterruptedException {
        try (var channel = FileChannel.open(
                        sibling("training.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null && train();
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private boolean train() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(sibling("training.log").toFile())
                .start();
        try {
            boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0 || !Files.exists(fresh())) {
                throw new IOException("the training failed; its output is in " + sibling("training.log"));
            }
            removeOthers();
            Files.move(fresh(), cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } finally {
            // not asked to end: at an orderly end the JVM would write the cache first, which takes many seconds
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(fresh());
            Files.deleteIfExists(sibling(fresh().getFileName() + ".config"));
        }
    }

    /** Caches of jars that are no more. */
    private void removeOthers() throws IOException {
        try (var others = Files.newDirectoryStream(directory(), "*" + SUFFIX)) {
            for (Path other : others) {
                Files.delete(other);
            }
        }
    }

    private Path fresh() {
        return sibling(cache.getFileName() + ".new");
    }

    private Path sibling(String name) {
        return directory().resolve(name);
    }

    private Path directory() {
        return cache.toAbsolutePath().resolveSibling("");
    }
}

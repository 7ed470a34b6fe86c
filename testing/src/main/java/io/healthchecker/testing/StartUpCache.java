package io.healthchecker.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The start-up cache (JEP 514) of the product's processes that tests start, since each would else spend half of its start on
 * classes that the last one read, too. It is made before the first of them starts, once for all JVMs of a module. There is
 * none where the product lies in directories, of which the JVM makes no cache, and where
 * {@value #PROPERTY} does not name its file.
 */
final class StartUpCache {
    private static final String PROPERTY = "hc.testing.cache";
    private static final String READY = " is ready at ";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** What the product is started from: the jars of this JVM's class path where it is one of them, else all of that. */
    static final String CLASS_PATH = classPath();

    private StartUpCache() {}

    /**
     * The options by which a JVM takes the cache, which is made if it is not there yet; none where there is to be none.
     *
     * @param java the command that starts a JVM, with its flags and class path, which those that take the cache have as well
     */
    static List<String> options(List<String> java, String main) {
        String file = System.getProperty(PROPERTY);
        if (file == null
                || Stream.of(CLASS_PATH.split(File.pathSeparator)).anyMatch(entry -> !entry.endsWith(".jar"))) {
            return List.of();
        }
        Path cache = Path.of(file);
        makeUnlessOthersDid(cache, java, main);
        return List.of("-XX:AOTCache=" + cache, "-Xlog:disable");
    }

    private static synchronized void makeUnlessOthersDid(Path cache, List<String> java, String main) {
        if (Files.exists(cache)) {
            return;
        }
        Path held = cache.resolveSibling("start-up.lock");
        try (var channel = FileChannel.open(held, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(cache)) {
                make(cache, java, main);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path cache, List<String> java, String main) throws IOException {
        Path fresh = cache.resolveSibling("start-up.aot.new");
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-XX:AOTCacheOutput=" + fresh, main, "up", "--ephemeral", "--port", "0"));
        Path log = cache.resolveSibling("start-up.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Thread end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> !process.isAlive() || Files.readString(log).contains(READY));
        process.destroy(); // at its orderly end the JVM writes the cache
        Awaitility.await().atMost(LIMIT).until(() -> !process.isAlive());
        Runtime.getRuntime().removeShutdownHook(end);
        Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String classPath() {
        String whole = System.getProperty("java.class.path");
        List<String> entries = List.of(whole.split(File.pathSeparator));
        List<String> jars =
                entries.stream().filter(entry -> entry.endsWith(".jar")).toList();
        boolean packed = entries.stream()
                .filter(entry -> !jars.contains(entry))
                .noneMatch(entry -> Files.exists(Path.of(entry, "io", "healthchecker", "standalone")));
        return packed ? String.join(File.pathSeparator, jars) : whole;
    }
}

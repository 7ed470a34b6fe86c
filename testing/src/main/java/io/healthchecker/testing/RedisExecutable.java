package io.healthchecker.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** The server to run: Valkey or Redis of the PATH where it is 6.2 or newer, else the Redis 6.2 that we bring. */
final class RedisExecutable {
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");
    private static final String PATH = find();

    private RedisExecutable() {}

    static String path() {
        return PATH;
    }

    private static String find() {
        return Stream.of("valkey-server", "redis-server")
                .flatMap(RedisExecutable::onPath)
                .filter(RedisExecutable::isNewEnough)
                .findFirst()
                .orElseGet(RedisExecutable::unpack);
    }

    private static Stream<String> onPath(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString);
    }

    private static boolean isNewEnough(String executable) {
        try {
            Process process = new ProcessBuilder(executable, "--version").start();
            var version = VERSION.matcher(new String(process.getInputStream().readAllBytes()));
            return version.find()
                    && Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2)) >= 602;
        } catch (IOException e) {
            return false; // not one that runs here
        }
    }

    private static String unpack() {
        try {
            File directory = Files.createTempDirectory("redis").toFile();
            File executable =
                    ExecutableProvider.newJarResourceProvider(directory).get();
            directory.deleteOnExit(); // in reverse order: the file first
            executable.deleteOnExit();
            return executable.getPath();
        } catch (IOException e) {
            throw new IllegalStateException("no Redis 6.2 could be unpacked; put a redis-server on the PATH", e);
        }
    }
}

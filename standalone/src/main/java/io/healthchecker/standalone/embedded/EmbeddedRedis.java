package io.healthchecker.standalone.embedded;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.standalone.StartFailure;
import io.healthchecker.standalone.reach.RedisReach;
import io.healthchecker.standalone.setting.RedisAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Redis or Valkey on loopback: the machine's own where it is 6.2 or later, else the one that we bring. It keeps nothing
 * on disk, since it is never the only memory of anything.
 */
public final class EmbeddedRedis {
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int PAUSES = 2_000;

    private EmbeddedRedis() {}

    /** Starts it. {@link #stop} works from here on, whatever becomes of the start. */
    public static RedisAddress start(DataDirectory data) {
        return start(data, installed().orElseGet(EmbeddedRedis::brought));
    }

    static RedisAddress start(DataDirectory data, Path program) {
        stop(data);
        Path directory = data.resolve("redis");
        Secret password = data.secret("redis.password");
        try {
            Files.createDirectories(directory);
            for (int left = FreePort.TRIES; ; left--) {
                var address = RedisAddress.loopback(FreePort.find(), password);
                data.write(
                        configuration(directory),
                        configuration(directory, address.at().port(), password));
                var ended = new Tool(List.of(
                                program.toString(), configuration(directory).toString()))
                        .run(ASK);
                if (ended.code() == 0 && answers(address)) {
                    return address;
                }
                if (left == 1) {
                    throw new StartFailure("Redis (%s) does not start: %s (see %s)"
                            .formatted(program, ended.lastLine(), directory.resolve("server.log")));
                }
            }
        } catch (IOException failed) {
            throw new StartFailure("%s cannot be used: %s".formatted(directory, failed.getMessage()), failed);
        }
    }

    /** One that the machine has. */
    static Optional<Path> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of("valkey-server", "redis-server")
                .flatMap(name -> Stream.of(path.split(":")).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .filter(EmbeddedRedis::isRecent)
                .findFirst();
    }

    static Path brought() {
        return new Unpacked(ProgramCache.directory(Runner.SELF)).redis();
    }

    private static boolean isRecent(Path program) {
        var version = VERSION.matcher(
                new Tool(List.of(program.toString(), "--version")).run(ASK).output());
        if (!version.find()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > 6 || (major == 6 && Integer.parseInt(version.group(2)) >= 2);
    }

    /** Stops the one that runs on a data directory, ours or what a killed run left. We hold the directory's lock. */
    public static void stop(DataDirectory data) {
        Path directory = data.resolve("redis");
        ServerProcess.find(pidFile(directory), configuration(directory)).ifPresent(left -> left.stop(STOP));
    }

    private static Path configuration(Path directory) {
        return directory.resolve("redis.conf");
    }

    private static Path pidFile(Path directory) {
        return directory.resolve("redis.pid");
    }

    /** It keeps its title, by which {@link ServerProcess} knows it. */
    private static String configuration(Path directory, int port, Secret password) {
        return """
                bind 127.0.0.1
                port %d
                requirepass %s
                daemonize yes
                pidfile "%s"
                logfile "%s"
                dir "%s"
                loglevel warning
                save ""
                appendonly no
                maxmemory 256mb
                maxmemory-policy noeviction
                set-proc-title no
                """.formatted(port, password.reveal(), pidFile(directory), directory.resolve("server.log"), directory);
    }

    private static boolean answers(RedisAddress address) {
        var reach = new RedisReach(address, ASK);
        for (int pause = 0; pause < PAUSES; pause++) {
            try {
                return reach.information().contains("redis_version");
            } catch (IOException _) {
                LockSupport.parkNanos(PAUSE.toNanos()); // it listens a few milliseconds after it became a daemon
            }
        }
        return false;
    }
}

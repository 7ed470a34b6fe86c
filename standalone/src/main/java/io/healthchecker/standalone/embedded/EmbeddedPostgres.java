package io.healthchecker.standalone.embedded;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.standalone.StartFailure;
import io.healthchecker.standalone.setting.DatabaseAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * PostgreSQL on loopback, its cluster in the data directory. It is a daemon in a session of its own: a Ctrl-C at the
 * terminal reaches the JVM alone, which stops it last.
 */
public final class EmbeddedPostgres {
    private static final String MAJOR_VERSION = "18";
    private static final String USER = "health_checker";
    private static final String DATABASE = "health_checker";
    private static final String CLUSTER = "postgresql";
    private static final String PASSWORD = "postgresql.password";
    private static final Duration MAKE = Duration.ofMinutes(2);
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(4);

    private EmbeddedPostgres() {}

    /** Starts it, and makes the cluster at the first time. {@link #stop} works from here on, whatever becomes of the start. */
    public static DatabaseAddress start(DataDirectory data) {
        return start(data, Runner.here());
    }

    static DatabaseAddress start(DataDirectory data, Runner runner) {
        Path cluster = data.resolve(CLUSTER);
        Path programs = new Unpacked(ProgramCache.directory(runner)).postgres().resolve("bin");
        Secret password = data.secret(PASSWORD);
        stop(data);
        try {
            if (!Files.exists(cluster)) {
                make(data, runner, programs);
            }
            demandVersion(cluster);
            rotateLog(log(cluster));
            for (int left = FreePort.TRIES; ; left--) {
                int port = FreePort.find();
                Files.writeString(cluster.resolve("health-checker.conf"), configuration(port, data.isEphemeral()));
                var ended = runner.tool(startCommand(programs, cluster)).run(START);
                if (ended.code() == 0) {
                    return DatabaseAddress.loopback(port, DATABASE, USER, password);
                }
                if (left == 1) {
                    throw new StartFailure("PostgreSQL does not start: %s".formatted(reason(cluster)));
                }
            }
        } catch (IOException failed) {
            throw new StartFailure("the cluster %s cannot be used: %s".formatted(cluster, failed.getMessage()), failed);
        }
    }

    private static String[] startCommand(Path programs, Path cluster) {
        return new String[] {
            programs.resolve("pg_ctl").toString(),
            "start",
            "-w",
            "-t",
            "100",
            "-s",
            "-D",
            cluster.toString(),
            "-l",
            log(cluster).toString()
        };
    }

    /** Stops the one that runs on a data directory, ours or what a killed run left. We hold the directory's lock. */
    public static void stop(DataDirectory data) {
        Path cluster = data.resolve(CLUSTER);
        Path pidFile = cluster.resolve("postmaster.pid");
        ServerProcess.find(pidFile, cluster).ifPresent(EmbeddedPostgres::stop);
        if (ServerProcess.isSomebodyElse(pidFile, cluster)) {
            try {
                Files.deleteIfExists(pidFile); // the id was given anew, and PostgreSQL would wait for that process
            } catch (IOException failed) {
                throw new StartFailure("%s cannot be removed: %s".formatted(pidFile, failed.getMessage()), failed);
            }
        }
    }

    /** The fast shutdown of PostgreSQL: it ends all connections and writes a checkpoint; then ever less patience. */
    private static void stop(ServerProcess postmaster) {
        postmaster.signal("INT");
        if (!postmaster.isGone(STOP)) {
            postmaster.signal("QUIT");
            if (!postmaster.isGone(Duration.ofSeconds(1))) {
                postmaster.kill();
            }
        }
    }

    /** Makes the cluster and the database beside its place and moves them there, so that no half-made one is ever met. */
    private static void make(DataDirectory data, Runner runner, Path programs) throws IOException {
        Path fresh = data.resolve(CLUSTER + ".new");
        Path password = data.resolve(CLUSTER + ".pwfile");
        Tree.delete(fresh);
        Files.createDirectory(fresh);
        data.write(password, data.secret(PASSWORD).reveal());
        if (runner == Runner.NOBODY_USER) {
            demandOpen(data.path());
            Tree.give(fresh, Runner.NOBODY);
            Tree.give(password, Runner.NOBODY);
        }
        runner.tool(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + fresh,
                        "--username=" + USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-instructions",
                        data.isEphemeral() ? "--no-sync" : "--data-checksums")
                .demand("initdb", MAKE);
        Files.delete(password);
        runner.tool(programs.resolve("postgres").toString(), "--single", "-D", fresh.toString(), "postgres")
                .demand("CREATE DATABASE", MAKE, "CREATE DATABASE %s\n".formatted(DATABASE));
        Files.writeString(
                fresh.resolve("postgresql.conf"),
                "include = 'health-checker.conf'\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        Files.move(fresh, data.resolve(CLUSTER), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void demandOpen(Path directory) throws IOException {
        if (!Tree.isOpenToOthers(directory)) {
            throw new StartFailure(
                    "PostgreSQL runs as nobody here, who cannot enter %s; choose another with --data, or run hc as an ordinary user"
                            .formatted(directory));
        }
    }

    private static void demandVersion(Path cluster) throws IOException {
        String version = Files.readString(cluster.resolve("PG_VERSION")).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new StartFailure(
                    "%s holds data of PostgreSQL %s, and this is %s; restore a dump of it into a new --data"
                            .formatted(cluster, version, MAJOR_VERSION));
        }
    }

    /** Small and quiet: one machine, one client program, no parallel plans. */
    private static String configuration(int port, boolean ephemeral) {
        return """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 64
                shared_buffers = 64MB
                max_wal_size = 512MB
                wal_compression = on
                io_method = sync
                jit = off
                max_parallel_workers_per_gather = 0
                max_logical_replication_workers = 0
                autovacuum_max_workers = 2
                log_min_messages = warning
                log_checkpoints = off
                fsync = %s
                """.formatted(port, ephemeral ? "off" : "on");
    }

    private static Path log(Path cluster) {
        return cluster.resolve("server.log");
    }

    private static void rotateLog(Path log) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String reason(Path cluster) throws IOException {
        Path log = log(cluster);
        Optional<String> last = Files.exists(log)
                ? Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                        .filter(line -> line.contains("FATAL") || line.contains("PANIC"))
                        .reduce((_, later) -> later)
                : Optional.empty();
        return "%s (see %s)".formatted(last.orElse("it gives no reason"), log);
    }
}

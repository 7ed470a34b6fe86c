package io.healthchecker.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a running cluster: its files, and of each process the id and the log. Whoever knows the folder can
 * end the cluster; every command line names the folder, by which a process is told from a later one with the same id.
 */
public final class ClusterFolder {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String PID = ".pid";
    private static final String END = resource("end.sh");
    /** Writes its id, leaves the session of the terminal, and becomes the program. */
    private static final String BECOME = """
            echo $$ >"$0"
            exec </dev/null
            if command -v setsid >/dev/null; then exec setsid "$@"; fi
            exec perl -MPOSIX=setsid -e 'setsid; exec @ARGV' -- "$@"
            """;

    /** Leaves the session as well, so that it outlives whoever kills all of it at once. */
    private static final String APART = """
            if command -v setsid >/dev/null; then exec setsid sh -c "$0" sh "$1"; fi
            exec sh -c "$0" sh "$1"
            """;

    private final Path path;
    private @Nullable Process guard;

    private ClusterFolder(Path path) {
        this.path = path;
    }

    /** Made where it is missing, for its owner alone: it holds keys. */
    public static ClusterFolder at(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            if (!Files.isDirectory(path)) {
                Files.createDirectory(path, OWNER_ONLY);
            }
            return new ClusterFolder(path.toRealPath());
        } catch (IOException e) {
            throw new ClusterFailure("%s cannot be made: %s".formatted(path, e.getMessage()), e);
        }
    }

    /** A new one among the temporary files, which goes with this JVM. */
    public static ClusterFolder ofThisJvm() {
        try {
            Path path = Files.createTempDirectory("health-checker-cluster-", OWNER_ONLY);
            var folder = new ClusterFolder(path.toRealPath());
            folder.endWithThisJvm();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Writes a file at once. */
    Path write(String name, String text) {
        try {
            Path fresh = Files.writeString(resolve("." + name + ".new"), text);
            return Files.move(
                    fresh, resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String name) {
        try {
            return Files.readString(resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A link in it, in a directory that is made. */
    void link(String name, Path target) {
        try {
            Files.createDirectories(resolve(name).getParent());
            Files.createSymbolicLink(resolve(name), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a process that outlives this one; its command line must name the folder. */
    Process start(String name, List<String> command) {
        if (command.stream().noneMatch(word -> word.contains(path.toString()))) {
            throw new IllegalArgumentException("%s does not name %s".formatted(command, path));
        }
        var words = new ArrayList<>(List.of("sh", "-c", BECOME, pidFile(name).toString()));
        words.addAll(command);
        try {
            Files.deleteIfExists(pidFile(name));
            return new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The living process that was started by a name. */
    Optional<ProcessHandle> process(String name) {
        return alive(name).filter(this::isOurs);
    }

    private Optional<ProcessHandle> alive(String name) {
        return id(name).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
    }

    private Optional<Long> id(String name) {
        try {
            return Optional.of(Files.readString(pidFile(name)).strip())
                    .filter(id -> id.matches("[0-9]{1,10}"))
                    .map(Long::parseLong);
        } catch (IOException _) {
            return Optional.empty(); // not started yet, or not at all
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .arguments()
                .filter(words -> List.of(words).stream().anyMatch(word -> word.contains(path.toString())))
                .isPresent();
    }

    /** Whether processes were started and all of them live. */
    boolean isWhole() {
        try (var files = Files.newDirectoryStream(path, "*" + PID)) {
            boolean some = false;
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (process(name.substring(0, name.length() - PID.length())).isEmpty()) {
                    return false;
                }
                some = true;
            }
            return some;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a process that was started by a name just now has ended. Its command line is not asked: it changes. */
    boolean isDead(String name) {
        return id(name).isPresent() && alive(name).isEmpty();
    }

    /** Kills the process that was started by a name, as a failing machine would. */
    void kill(String name) {
        process(name).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /** The end of a log, for those who ask why. */
    String lastWords(String name) {
        try {
            List<String> lines = Files.readAllLines(log(name), StandardCharsets.ISO_8859_1);
            return lines.isEmpty() ? "it said nothing" : lines.getLast();
        } catch (IOException _) {
            return "it said nothing";
        }
    }

    private Path pidFile(String name) {
        return resolve(name + PID);
    }

    Path log(String name) {
        return resolve(name + ".log");
    }

    /** Begins to wait for the end of this JVM, however it comes; then the cluster ends and the folder goes. */
    public void endWithThisJvm() {
        guard = waiting();
    }

    /** Ends every process and removes the folder. Returns when that is done. */
    public void end() {
        Process ending = guard == null ? waiting() : guard;
        try {
            ending.getOutputStream().close();
            ending.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process waiting() {
        try {
            return new ProcessBuilder("sh", "-c", APART, END, path.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start(); // it reads a pipe of which we hold the other end until we die
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file that comes with these classes. */
    static String resource(String name) {
        try (var in = ClusterFolder.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

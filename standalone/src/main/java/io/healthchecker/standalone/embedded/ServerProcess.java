package io.healthchecker.standalone.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server process, known by the file in which it wrote its id. Ids are used anew, so a process counts as ours only
 * when its command line names our own file or directory.
 */
record ServerProcess(ProcessHandle process) {

    /** The living process whose id is the first line of a file and whose command line has the given word. */
    static Optional<ServerProcess> find(Path pidFile, Path word) {
        return alive(pidFile)
                .filter(process -> arguments(process).contains(word.toString()))
                .map(ServerProcess::new);
    }

    /** Whether the id in a file is that of a living process that is surely not ours. */
    static boolean isSomebodyElse(Path pidFile, Path word) {
        return alive(pidFile)
                .map(ServerProcess::arguments)
                .filter(arguments -> !arguments.isEmpty() && !arguments.contains(word.toString()))
                .isPresent();
    }

    private static Optional<ProcessHandle> alive(Path pidFile) {
        try {
            String first =
                    Files.readAllLines(pidFile).stream().findFirst().orElse("").strip();
            return first.matches("[1-9][0-9]{0,9}") ? ProcessHandle.of(Long.parseLong(first)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static List<String> arguments(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of());
    }

    /** Waits for its end; true once it is gone. */
    boolean isGone(Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        } catch (ExecutionException | TimeoutException _) {
            return !process.isAlive();
        }
    }

    /** Asks it to end, and ends it where it does not. */
    void stop(Duration patience) {
        process.destroy();
        if (!isGone(patience)) {
            kill();
        }
    }

    /** Sends a signal that Java has no name for. The shell's own kill is everywhere, the program is not. */
    void signal(String name) {
        new Tool(List.of("sh", "-c", "kill -%s %d".formatted(name, process.pid()))).run(Duration.ofSeconds(1));
    }

    void kill() {
        process.destroyForcibly();
        isGone(Duration.ofSeconds(2));
    }
}

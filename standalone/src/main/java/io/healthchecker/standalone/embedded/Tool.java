package io.healthchecker.standalone.embedded;

import io.healthchecker.standalone.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program that does one thing and ends. Its output goes through a file, since daemons that it starts inherit its pipes. */
record Tool(List<String> command) {

    /** How it ended and what it said. */
    record Ended(int code, String output) {
        /** The last line that is not blank: where programs say what was wrong. */
        String lastLine() {
            return output.lines()
                    .filter(line -> !line.isBlank())
                    .reduce((_, last) -> last)
                    .orElse("it said nothing");
        }
    }

    /** Runs it to its end; 127 where there is no such program, 124 where it took too long and was killed. */
    Ended run(Duration limit, String input) {
        try {
            Path said = Files.createTempFile("hc-", ".out");
            try {
                return new Ended(end(start(said), limit, input), Files.readString(said, StandardCharsets.ISO_8859_1));
            } finally {
                Files.deleteIfExists(said);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Ended run(Duration limit) {
        return run(limit, "");
    }

    /** Runs it and throws {@link StartFailure} unless it ends well; {@code what} is what fails then. */
    void demand(String what, Duration limit) {
        demand(what, limit, "");
    }

    void demand(String what, Duration limit, String input) {
        Ended ended = run(limit, input);
        if (ended.code() != 0) {
            throw new StartFailure("%s failed: %s".formatted(what, ended.lastLine()));
        }
    }

    private ProcessBuilder builder(Path said) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private Optional<Process> start(Path said) {
        try {
            return Optional.of(builder(said).start());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static int end(Optional<Process> started, Duration limit, String input) throws IOException {
        if (started.isEmpty()) {
            return 127;
        }
        Process process = started.get();
        try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
            stdin.write(input);
        }
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return 124;
    }
}

package io.healthchecker.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that does one thing and ends, with the first words of its command line. What it prints goes through files:
 * daemons that it starts inherit its pipes.
 */
public record Tool(List<String> command, Map<String, String> environment, String input, Duration limit) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** How it ended and what it said. */
    public record Ended(int code, String out, String err) {
        /** The last line that is not blank, of the errors first: where programs say what was wrong. */
        public String lastLine() {
            return Stream.of(out, err)
                    .flatMap(String::lines)
                    .filter(line -> !line.isBlank())
                    .reduce((_, last) -> last)
                    .orElse("it said nothing");
        }
    }

    public static Tool of(String... command) {
        return new Tool(List.of(command), Map.of(), "", LIMIT);
    }

    /** With more words after those that it has. */
    public Tool and(String... words) {
        return new Tool(commandAnd(words), environment, input, limit);
    }

    /** With a variable in its environment. */
    public Tool with(String name, String value) {
        var more = new HashMap<>(environment);
        more.put(name, value);
        return new Tool(command, more, input, limit);
    }

    /** With something to read. */
    public Tool reading(String text) {
        return new Tool(command, environment, text, limit);
    }

    /** Killed after a while that is not five minutes. */
    public Tool within(Duration other) {
        return new Tool(command, environment, input, other);
    }

    /** Runs it and returns what it printed; throws {@link ClusterFailure} with its last line unless it ends with 0. */
    public String demand(String... words) {
        Ended ended = run(words);
        if (ended.code() != 0) {
            throw new ClusterFailure("%s ended with %d: %s"
                    .formatted(String.join(" ", commandAnd(words)), ended.code(), ended.lastLine()));
        }
        return ended.out();
    }

    /** Runs it to its end; 124 where it took too long and was killed. */
    public Ended run(String... words) {
        try {
            Path out = Files.createTempFile("hc-", ".out");
            Path err = Files.createTempFile("hc-", ".err");
            try {
                int code = end(start(commandAnd(words), out, err));
                return new Ended(code, Files.readString(out), Files.readString(err));
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<String> commandAnd(String... words) {
        return Stream.concat(command.stream(), Stream.of(words)).toList();
    }

    private Process start(List<String> words, Path out, Path err) throws IOException {
        var builder = new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private int end(Process process) {
        try (var stdin = process.outputWriter()) {
            stdin.write(input);
        } catch (IOException _) {
            // it ended without reading, and says why by its exit code
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

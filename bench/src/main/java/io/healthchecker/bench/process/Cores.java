package io.healthchecker.bench.process;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Who runs where: what is measured on the machine's last core, everything else on its first. */
public final class Cores {
    private static final boolean PINS = Runtime.getRuntime().availableProcessors() > 1 && canPin();

    private Cores() {}

    /** False where everything runs everywhere, since there is one core or no {@code taskset}. */
    public static boolean pins() {
        return PINS;
    }

    /** A command that runs on the core of what is measured. */
    public static List<String> measured(List<String> command) {
        return on(Runtime.getRuntime().availableProcessors() - 1, command);
    }

    /** A command that runs beside it. */
    public static List<String> beside(List<String> command) {
        return on(0, command);
    }

    /** Moves all threads of this process there as well. */
    public static void moveBeside() {
        if (PINS) {
            run(List.of(
                    "taskset",
                    "-a",
                    "-c",
                    "-p",
                    "0",
                    Long.toString(ProcessHandle.current().pid())));
        }
    }

    private static List<String> on(int core, List<String> command) {
        return PINS
                ? Stream.concat(Stream.of("taskset", "-c", Integer.toString(core)), command.stream())
                        .toList()
                : command;
    }

    private static boolean canPin() {
        return run(List.of("taskset", "-c", "0", "true"));
    }

    private static boolean run(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package io.healthchecker.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class of this class path as a process of its own, with the options that {@code hc} gives to the product. */
public final class JavaProgram {
    private JavaProgram() {}

    /** The command line that starts it. */
    public static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options());
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    // more of them, as hc takes them
    private static List<String> options() {
        String said = System.getenv("HC_JAVA_OPTS");
        return said == null || said.isBlank() ? List.of() : List.of(said.strip().split("\\s+", -1));
    }
}

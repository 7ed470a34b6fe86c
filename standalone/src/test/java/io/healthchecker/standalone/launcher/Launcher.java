package io.healthchecker.standalone.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** A run of the script to its end. */
record Launcher(Path script, Path directory, Map<String, String> environment) {

    /** What a run printed, and its exit code. */
    record Run(int code, String out, String err) {}

    /** The script of this checkout on the classes of this test. */
    static Launcher ofThisCheckout() {
        return new Launcher(checkout().resolve("hc"), Path.of("").toAbsolutePath(), Map.of())
                .with("HC_CLASS_PATH", System.getProperty("java.class.path"));
    }

    static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("hc")) ? here : here.getParent();
    }

    Launcher with(String name, String value) {
        var more = new HashMap<>(environment);
        more.put(name, value);
        return new Launcher(script, directory, more);
    }

    Launcher through(Path other) {
        return new Launcher(other, directory, environment);
    }

    Launcher from(Path other) {
        return new Launcher(script, other, environment);
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("hc", ".out");
        Path err = Files.createTempFile("hc", ".err");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            List.of("DATABASE_URL", "REDIS_URL", "JWT_SECRET", "PORT", "ENV", "HC_JAVA_OPTS")
                    .forEach(builder.environment()::remove);
            builder.environment().putAll(environment);
            Process process = builder.start();
            Assertions.assertTrue(process.waitFor(3, TimeUnit.MINUTES), "hc ends");
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}

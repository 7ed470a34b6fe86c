package io.healthchecker.standalone.command;

import io.healthchecker.standalone.StartFailure;
import io.healthchecker.standalone.cache.Training;
import io.healthchecker.standalone.embedded.DataDirectory;
import io.healthchecker.standalone.process.AllInOne;
import io.healthchecker.standalone.process.Console;
import io.healthchecker.standalone.process.Serving;
import io.healthchecker.standalone.process.Stops;
import io.healthchecker.standalone.setting.Port;
import io.healthchecker.standalone.setting.Setup;
import io.healthchecker.standalone.setting.Variables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = {
            "Runs all of Health Checker in this terminal, with PostgreSQL and Redis of its own.",
            "DATABASE_URL and REDIS_URL, where set, are used instead. Ctrl-C stops everything."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class UpCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 8080;
    private static final Duration STOP_TRAINING = Duration.ofSeconds(3);

    @Option(names = "--port", paramLabel = "PORT", description = "Port to serve at. Default: PORT, or 8080.")
    private @Nullable String port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where data is kept. Default: ./data.")
    private Path data = Path.of("data");

    @Option(names = "--ephemeral", description = "Keep nothing: the data goes when the process ends.")
    private boolean ephemeral;

    @Option(
            names = "--checks",
            paramLabel = "DIR",
            description = "Directory of YAML files of kind HealthCheckService; followed as they change.")
    private @Nullable Path checks;

    @Override
    public Integer call() throws InterruptedException {
        var variables = Variables.read(Hc.home(), System.getenv());
        var setup = Setup.of(variables);
        Port at = port == null ? setup.port().orElse(new Port(DEFAULT_PORT)) : Port.parse("--port", port);
        if (checks != null && !Files.isDirectory(checks)) {
            throw new StartFailure("--checks is %s; it must be a directory that exists".formatted(checks));
        }
        Serving.demandFree(at);
        DataDirectory.sweep();
        var console = new Console(System.out, setup.mode());
        var whole = new AllInOne(variables, setup, console);
        try (var stops = Stops.atExit()) {
            DataDirectory directory = ephemeral ? DataDirectory.ephemeral() : DataDirectory.open(data);
            var serving = whole.start(directory, at, checks == null ? null : checks.toAbsolutePath(), stops);
            console.ready("Health Checker", serving.port());
            train(stops);
            Thread.currentThread().join(); // until a signal ends the process
        }
        return 0;
    }

    /** Where the launcher says that the start-up cache is missing, it is made in the background. */
    private static void train(Stops stops) {
        String cache = System.getProperty("hc.cache.missing");
        if (cache != null) {
            var rest = Duration.ofSeconds(Long.getLong("hc.cache.rest", 20));
            var training = new Training(Path.of(cache), Hc.class.getName(), "train").inBackground(rest);
            stops.add("training", STOP_TRAINING, () -> {
                training.interrupt();
                join(training);
                DataDirectory.sweep();
            });
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

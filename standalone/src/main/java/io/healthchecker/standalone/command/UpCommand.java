package io.healthchecker.standalone.command;

import io.healthchecker.standalone.StandaloneApplication;
import io.healthchecker.standalone.StartFailure;
import io.healthchecker.standalone.embedded.DataDirectory;
import io.healthchecker.standalone.process.Console;
import io.healthchecker.standalone.process.Servers;
import io.healthchecker.standalone.process.Serving;
import io.healthchecker.standalone.process.Stops;
import io.healthchecker.standalone.setting.Port;
import io.healthchecker.standalone.setting.Setup;
import io.healthchecker.standalone.setting.SpringSettings;
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
    private static final Duration UNLOCK = Duration.ofSeconds(2);

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
        Port at = port(setup);
        Path files = checks();
        Serving.demandFree(at);
        try (var stops = Stops.atExit()) {
            var console = new Console(System.out, setup.mode());
            DataDirectory directory = open(stops);
            console.progress("Health Checker %s, data in %s".formatted(Version.number(), directory.path()));
            var servers = Servers.start(setup, directory, stops, console);
            var settings = SpringSettings.of(setup, at)
                    .database(servers.database())
                    .redis(servers.redis())
                    .signingSecret(setup.signingSecret().orElseGet(() -> directory.secret("jwt.secret")));
            if (files != null) {
                settings.with("hc.source.file.directory", files.toString());
            }
            var serving = Serving.start(StandaloneApplication.class, settings.environment(variables), stops);
            console.ready("Health Checker", serving.port());
            Thread.currentThread().join(); // until a signal ends the process
        }
        return 0;
    }

    private Port port(Setup setup) {
        return port == null ? setup.port().orElse(new Port(DEFAULT_PORT)) : Port.parse("--port", port);
    }

    private @Nullable Path checks() {
        if (checks != null && !Files.isDirectory(checks)) {
            throw new StartFailure("--checks is %s; it must be a directory that exists".formatted(checks));
        }
        return checks == null ? null : checks.toAbsolutePath();
    }

    private DataDirectory open(Stops stops) {
        DataDirectory.sweep();
        DataDirectory directory = ephemeral ? DataDirectory.ephemeral() : DataDirectory.open(data);
        stops.add("data directory", UNLOCK, directory::close);
        return directory;
    }
}

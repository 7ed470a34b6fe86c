package io.healthchecker.standalone.command;

import io.healthchecker.core.time.Ticker;
import io.healthchecker.standalone.process.Console;
import io.healthchecker.standalone.process.Patience;
import io.healthchecker.standalone.process.Servers;
import io.healthchecker.standalone.process.Serving;
import io.healthchecker.standalone.process.Stops;
import io.healthchecker.standalone.setting.Port;
import io.healthchecker.standalone.setting.Setup;
import io.healthchecker.standalone.setting.SpringSettings;
import io.healthchecker.standalone.setting.Variables;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One of the three processes by itself, on the PostgreSQL and Redis that the environment names. */
abstract class RoleCommand implements Callable<Integer> {
    /** Enough for the longest {@code hc.worker.grace}; whoever ends the process has a limit of their own. */
    private static final Duration STOP = Duration.ofMinutes(6);

    private final Role role;

    /** What the roles differ in. */
    record Role(String name, Class<?> application, int defaultPort, boolean signs) {}

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to serve at; 0 takes any free one. Default: PORT, or the role's own.")
    private @Nullable String port;

    @Option(
            names = "--await",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "How long to wait for PostgreSQL and Redis to answer. Default: 0, which asks once.")
    private int await;

    RoleCommand(Role role) {
        this.role = role;
    }

    @Override
    public Integer call() throws InterruptedException {
        var variables = Variables.read(Hc.home(), System.getenv());
        var setup = Setup.of(variables);
        Port at = port == null ? setup.port().orElse(new Port(role.defaultPort())) : Port.parse("--port", port);
        if (role.signs() && setup.signingSecret().isEmpty()) {
            throw Setup.missing("JWT_SECRET", "the output of: openssl rand -base64 32");
        }
        Serving.demandFree(at);
        var console = new Console(System.out, setup.mode());
        var patience = new Patience(Duration.ofSeconds(await), Ticker.system(), console);
        var servers = Servers.given(setup, patience);
        try (var stops = Stops.atExit()) {
            var settings = SpringSettings.of(role.name(), setup, at)
                    .database(servers.database())
                    .redis(servers.redis());
            var serving = Serving.start(role.application(), settings.environment(variables), stops, STOP);
            console.ready("Health Checker " + role.name(), serving.port());
            Thread.currentThread().join(); // until a signal ends the process
        }
        return 0;
    }
}

package io.healthchecker.standalone.command;

import io.healthchecker.standalone.process.Console;
import io.healthchecker.standalone.process.Servers;
import io.healthchecker.standalone.process.Serving;
import io.healthchecker.standalone.process.Stops;
import io.healthchecker.standalone.setting.Port;
import io.healthchecker.standalone.setting.Setup;
import io.healthchecker.standalone.setting.SpringSettings;
import io.healthchecker.standalone.setting.Variables;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One of the three processes by itself, on the PostgreSQL and Redis that the environment names. */
abstract class RoleCommand implements Callable<Integer> {
    private final Role role;

    /** What the roles differ in. */
    record Role(String name, Class<?> application, int defaultPort, boolean signs) {}

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to serve at; 0 takes any free one. Default: PORT, or the role's own.")
    private @Nullable String port;

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
        var servers = Servers.given(setup);
        try (var stops = Stops.atExit()) {
            var settings = SpringSettings.of(role.name(), setup, at)
                    .database(servers.database())
                    .redis(servers.redis());
            var serving = Serving.start(role.application(), settings.environment(variables), stops);
            new Console(System.out, setup.mode()).ready("Health Checker " + role.name(), serving.port());
            Thread.currentThread().join(); // until a signal ends the process
        }
        return 0;
    }
}

package io.healthchecker.standalone.process;

import io.healthchecker.standalone.StandaloneApplication;
import io.healthchecker.standalone.embedded.DataDirectory;
import io.healthchecker.standalone.setting.Port;
import io.healthchecker.standalone.setting.Setup;
import io.healthchecker.standalone.setting.SpringSettings;
import io.healthchecker.standalone.setting.Variables;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The three processes in this JVM, with PostgreSQL and Redis of their own where the environment names none. */
public record AllInOne(Variables variables, Setup setup, Console console) {
    private static final Duration UNLOCK = Duration.ofSeconds(2);
    private static final Duration STOP = Duration.ofSeconds(6);

    /**
     * Starts everything on a data directory that is closed with it; returns when it serves.
     *
     * @param checks directory of files whose definitions become services
     */
    public Serving start(DataDirectory data, Port port, @Nullable Path checks, Stops stops) {
        stops.add("data directory", UNLOCK, data::close);
        console.progress("Health Checker keeps its data in " + data.path());
        var servers = Servers.start(setup, data, stops, console);
        var settings = SpringSettings.of("standalone", setup, port)
                .database(servers.database())
                .redis(servers.redis())
                .signingSecret(setup.signingSecret().orElseGet(() -> data.secret("jwt.secret")));
        if (checks != null) {
            settings.with("hc.source.file.directory", checks.toString());
        }
        return Serving.start(StandaloneApplication.class, settings.environment(variables), stops, STOP);
    }
}

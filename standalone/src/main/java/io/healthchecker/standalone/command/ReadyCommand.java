package io.healthchecker.standalone.command;

import io.healthchecker.standalone.setting.Port;
import io.healthchecker.standalone.setting.Setup;
import io.healthchecker.standalone.setting.Variables;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "ready",
        description = {
            "Asks the process on this machine whether it can serve, as a container's health check does.",
            "Exit code 0 says that it can, 1 that it cannot."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReadyCommand implements Callable<Integer> {
    private static final List<Integer> OF_THE_ROLES = List.of(8080, 8081, 8082);
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(5).toMillis();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port that it serves at. Default: PORT, or the first of the roles' own that answers.")
    private @Nullable String port;

    @Override
    public Integer call() {
        var setup = Setup.of(Variables.read(Hc.home(), System.getenv()));
        IntStream ports = port == null
                ? setup.port()
                        .map(given -> IntStream.of(given.number()))
                        .orElseGet(() -> OF_THE_ROLES.stream().mapToInt(Integer::intValue))
                : IntStream.of(Port.parse("--port", port).number());
        return ports.anyMatch(ReadyCommand::isReady) ? 0 : 1;
    }

    private static boolean isReady(int port) {
        try {
            var address = URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(port));
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException _) {
            return false;
        }
    }
}

package io.healthchecker.standalone.process;

import io.healthchecker.standalone.StartFailure;
import io.healthchecker.standalone.setting.Port;
import io.lettuce.core.resource.Delay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** A Spring context that serves HTTP, started under our settings and stopped in its turn. */
public final class Serving {
    /** A Redis that is back is found within a second; by default the pauses grow to half a minute. */
    private static final ClientResourcesBuilderCustomizer RECONNECTION = resources -> resources.reconnectDelay(
            Delay.exponential(Duration.ofMillis(10), Duration.ofSeconds(1), 2, TimeUnit.MILLISECONDS));

    private final ConfigurableApplicationContext context;

    private Serving(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts an application; returns when it serves.
     *
     * @param stop how long its orderly end may take
     */
    public static Serving start(Class<?> application, ConfigurableEnvironment environment, Stops stops, Duration stop) {
        var spring = new SpringApplication(application);
        spring.setRegisterShutdownHook(false);
        spring.setEnvironment(environment);
        // known before it is whole, so that a Ctrl-C during the start finds it
        spring.addInitializers(fresh -> stops.add("application", stop, fresh::close));
        spring.addInitializers(fresh -> fresh.getBeanFactory().registerSingleton("reconnection", RECONNECTION));
        try {
            return new Serving(spring.run());
        } catch (RuntimeException failed) {
            throw translated(failed);
        }
    }

    /** Throws {@link StartFailure} where somebody serves at a port already; asked first, since a start takes seconds. */
    public static void demandFree(Port port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port.number()));
        } catch (IOException taken) {
            throw busy(port.number(), taken);
        }
    }

    /** The port that it serves at. */
    public int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    /** What a person can mend, in one line; the rest is ours and keeps its stack trace. */
    private static RuntimeException translated(RuntimeException failed) {
        return Stream.iterate((Throwable) failed, cause -> cause != null, Throwable::getCause)
                .<RuntimeException>mapMulti((cause, found) -> {
                    switch (cause) {
                        case PortInUseException taken -> found.accept(busy(taken.getPort(), failed));
                        case ConfigurationPropertiesBindException broken ->
                            found.accept(new StartFailure(
                                    String.valueOf(rootOf(broken).getMessage()), failed));
                        case FlywayException refused ->
                            found.accept(new StartFailure(
                                    "the database cannot be migrated: "
                                            + String.valueOf(refused.getMessage())
                                                    .strip()
                                                    .replaceAll("\\s+", " "),
                                    failed));
                        default -> {}
                    }
                })
                .findFirst()
                .orElse(failed);
    }

    private static StartFailure busy(int port, Throwable cause) {
        return new StartFailure(
                "port %d is in use; stop what serves there, or choose another with --port or PORT".formatted(port),
                cause);
    }

    private static Throwable rootOf(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .reduce((_, deeper) -> deeper)
                .orElse(thrown);
    }
}

package io.healthchecker.standalone.process;

import io.healthchecker.standalone.embedded.DataDirectory;
import io.healthchecker.standalone.embedded.EmbeddedPostgres;
import io.healthchecker.standalone.embedded.EmbeddedRedis;
import io.healthchecker.standalone.reach.DatabaseReach;
import io.healthchecker.standalone.reach.RedisReach;
import io.healthchecker.standalone.setting.DatabaseAddress;
import io.healthchecker.standalone.setting.RedisAddress;
import io.healthchecker.standalone.setting.Setup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/** PostgreSQL and Redis as this process has them: those that the environment names, else its own. */
public record Servers(DatabaseAddress database, RedisAddress redis) {
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final Duration STOP_REDIS = Duration.ofSeconds(3);
    private static final Duration STOP_POSTGRES = Duration.ofSeconds(5);

    /** Starts or asks both at a time. What is started is registered to be stopped before it begins. */
    public static Servers start(Setup setup, DataDirectory data, Stops stops, Console console) {
        setup.database().ifPresent(given -> DatabaseReach.demand("DATABASE_URL", given));
        setup.redis().ifPresent(given -> new RedisReach(given, ASK).demand("REDIS_URL"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var database = CompletableFuture.supplyAsync(
                    () -> setup.database().orElseGet(() -> postgres(data, stops, console)), threads);
            var redis = CompletableFuture.supplyAsync(
                    () -> setup.redis().orElseGet(() -> redis(data, stops, console)), threads);
            return new Servers(database.join(), redis.join());
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** Those that the environment must name, asked until both answer, or patience ends. */
    public static Servers given(Setup setup, Patience patience) throws InterruptedException {
        var servers = new Servers(
                setup.database().orElseThrow(() -> Setup.missing("DATABASE_URL", DatabaseAddress.EXAMPLE)),
                setup.redis().orElseThrow(() -> Setup.missing("REDIS_URL", RedisAddress.EXAMPLE)));
        patience.until(() -> DatabaseReach.demand("DATABASE_URL", servers.database()));
        patience.until(() -> new RedisReach(servers.redis(), ASK).demand("REDIS_URL"));
        return servers;
    }

    private static DatabaseAddress postgres(DataDirectory data, Stops stops, Console console) {
        stops.add("PostgreSQL", STOP_POSTGRES, () -> EmbeddedPostgres.stop(data));
        var address = EmbeddedPostgres.start(data);
        console.progress("PostgreSQL runs at " + address.at());
        return address;
    }

    private static RedisAddress redis(DataDirectory data, Stops stops, Console console) {
        stops.add("Redis", STOP_REDIS, () -> EmbeddedRedis.stop(data));
        var address = EmbeddedRedis.start(data);
        console.progress("Redis runs at " + address.at());
        return address;
    }
}

package io.healthchecker.api.feed;

import io.healthchecker.api.auth.Gate;
import io.healthchecker.api.feed.FeedLifecycle.Duty;
import io.healthchecker.api.feed.Subscriber.Dialect;
import io.healthchecker.api.history.LocationNames;
import io.healthchecker.api.problem.ProblemWriter;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.feed.EventTable;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.team.MembershipTable;
import io.healthchecker.core.time.Ticker;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.ServletWebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** Makes the live feed. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@EnableConfigurationProperties(FeedSettings.class)
public class FeedConfiguration {
    /** Where clients connect. */
    public static final String PATH = "/api/v1/services/ws";

    private static final Duration RESULTS_EVERY = Duration.ofSeconds(1);
    private static final Duration MEMBERSHIPS_EVERY = Duration.ofSeconds(10);

    @Bean
    FeedMetrics feedMetrics(MeterRegistry registry) {
        return new FeedMetrics(registry);
    }

    @Bean
    FeedClients feedClients(FeedMetrics metrics, FeedSettings settings, Ticker ticker) {
        return new FeedClients(metrics, settings.clientsPerAccount(), ticker);
    }

    @Bean
    EventRing eventRing(FeedSettings settings) {
        return new EventRing(settings.ring(), 0);
    }

    @Bean
    Bulletin feedBulletin() {
        return new Bulletin();
    }

    @Bean
    LiveFeed liveFeed(FeedClients clients, EventRing ring, Bulletin bulletin, FeedMetrics metrics) {
        return new LiveFeed(clients, ring, bulletin, metrics);
    }

    @Bean
    EventTail eventTail(EventRing ring, JdbcClient jdbc, FeedClients clients, FeedMetrics metrics, Ticker ticker) {
        EventTail tail = new EventTail(new EventTable(jdbc), ring, clients, metrics, ticker);
        tail.fill();
        return tail;
    }

    @Bean
    FeedWake feedWake(LettuceConnectionFactory redis, EventTail tail) {
        return new FeedWake(() -> new WakeStream((RedisClient) redis.getRequiredNativeClient()), tail);
    }

    @Bean
    FeedLifecycle feedLifecycle(
            EventTail tail, FeedSettings settings, FeedClients clients, FeedWake wake, JdbcClient jdbc) {
        var results = new ResultWatch(new CheckResultTable(jdbc), new LocationNames(jdbc), clients);
        var memberships = new MembershipWatch(new MembershipTable(jdbc), clients);
        return new FeedLifecycle(
                tail,
                settings.poll(),
                clients,
                List.of(
                        new Duty("wake", Duration.ofSeconds(1), wake::listen),
                        new Duty("results", RESULTS_EVERY, results::look),
                        new Duty("memberships", MEMBERSHIPS_EVERY, memberships::look)));
    }

    @Bean
    FeedSource feedSource(EventRing ring, JdbcClient jdbc, FeedMetrics metrics, Bulletin bulletin) {
        return new FeedSource(ring, new EventTable(jdbc), new Snapshots(jdbc), metrics, bulletin);
    }

    @Bean
    FeedHandler feedHandler(FeedClients clients, FeedSource source, FeedSettings settings, Ticker ticker) {
        return new FeedHandler(clients, source, settings, ticker);
    }

    @Bean
    FeedHandshake feedHandshake(
            Gate gate, FeedSettings settings, FeedClients clients, EventRing ring, ProblemWriter problems) {
        return new FeedHandshake(gate, new Origins(settings.allowedOrigins()), clients, ring, problems);
    }

    @Bean
    WebSocketConfigurer feedAddress(FeedHandler handler, FeedHandshake handshake, FeedSettings settings) {
        var upgrade = new DefaultHandshakeHandler(new FeedUpgrade(settings));
        upgrade.setSupportedProtocols(Dialect.HC_V1.word());
        return registry -> {
            // before controllers, since /api/v1/services/{id} would take it
            ((ServletWebSocketHandlerRegistry) registry).setOrder(-1);
            registry.addHandler(handler, PATH)
                    .setHandshakeHandler(upgrade)
                    .addInterceptors(handshake)
                    .setAllowedOriginPatterns("*"); // the handshake judges origins
        };
    }
}

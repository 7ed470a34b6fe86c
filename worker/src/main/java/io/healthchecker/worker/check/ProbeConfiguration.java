package io.healthchecker.worker.check;

import io.healthchecker.core.egress.TeamEgressTable;
import io.healthchecker.core.time.Ticker;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What makes checks, told where the product's own databases are so that it never dials them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProbeSettings.class)
public class ProbeConfiguration {
    private static final int REDIS_PORT = 6_379;

    @Bean(destroyMethod = "close")
    Probers probers(ProbeSettings settings, Environment environment, Ticker ticker) {
        List<InetSocketAddress> own =
                new ArrayList<>(OwnAddresses.ofDatabase(environment.getRequiredProperty("spring.datasource.url")));
        own.add(redis(environment.getRequiredProperty("spring.data.redis.url")));
        return Probers.open(settings, own, ticker);
    }

    @Bean(initMethod = "begin")
    TeamPolicies teamPolicies(JdbcClient jdbc) {
        return new TeamPolicies(new TeamEgressTable(jdbc));
    }

    private static InetSocketAddress redis(String url) {
        URI uri = URI.create(url);
        return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? REDIS_PORT : uri.getPort());
    }
}

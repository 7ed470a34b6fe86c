package io.healthchecker.worker.check;

import io.healthchecker.core.time.Ticker;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What makes checks, told where the product's own databases are so that it never dials them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProbeSettings.class)
public class ProbeConfiguration {
    private static final int POSTGRES_PORT = 5_432;
    private static final int REDIS_PORT = 6_379;

    @Bean(destroyMethod = "close")
    Probers probers(ProbeSettings settings, Environment environment, Ticker ticker) {
        String database =
                environment.getRequiredProperty("spring.datasource.url").substring("jdbc:".length());
        String redis = environment.getRequiredProperty("spring.data.redis.url");
        List<InetSocketAddress> own = List.of(endpoint(database, POSTGRES_PORT), endpoint(redis, REDIS_PORT));
        return Probers.open(settings, own, ticker);
    }

    private static InetSocketAddress endpoint(String url, int defaultPort) {
        URI uri = URI.create(url);
        return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? defaultPort : uri.getPort());
    }
}

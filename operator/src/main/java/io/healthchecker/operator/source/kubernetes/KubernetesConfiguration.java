package io.healthchecker.operator.source.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.healthchecker.core.job.JobStream;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.job.WakeStream.Wake;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.core.secret.SecretKeys;
import io.healthchecker.operator.lead.Lead;
import io.healthchecker.operator.lead.LeadSettings;
import io.healthchecker.operator.status.OperatorEvents;
import io.healthchecker.operator.status.StatusConfiguration;
import io.healthchecker.operator.status.StatusReporting;
import io.healthchecker.operator.status.StatusSettings;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The services that custom resources declare, where there is a cluster. Nothing of it is loaded where there is none. */
@Configuration(proxyBeanMethods = false)
@Conditional(KubernetesConfiguration.ClusterIsThere.class)
@Import(StatusConfiguration.class)
@EnableConfigurationProperties({KubernetesSettings.class, LeadSettings.class})
public class KubernetesConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesConfiguration.class);

    /** Whoever neither begins nor ends for so long needs to be started anew; waiting for others takes less. */
    private static final Duration STUCK = Duration.ofMinutes(10);

    @Bean(destroyMethod = "close")
    KubernetesClient kubernetesClient() {
        return new KubernetesClientBuilder().build();
    }

    @Bean
    KubernetesSource kubernetesSource(
            KubernetesSettings settings,
            KubernetesSource.Ground ground,
            KubernetesSource.Partners partners,
            MeterRegistry meters) {
        return new KubernetesSource(settings, ground, partners, meters);
    }

    @Bean
    KubernetesSource.Ground kubernetesGround(
            KubernetesClient client,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Environment environment) {
        return new KubernetesSource.Ground(client, jdbc, transactions, cipher(environment), hostName());
    }

    @Bean
    KubernetesSource.Partners kubernetesPartners(
            StatusReporting status,
            LettuceConnectionFactory redis,
            ObjectProvider<WakeStream> wake,
            LeadSettings lead,
            StatusSettings settings,
            KubernetesClient client) {
        var events = new OperatorEvents(client, lead.namespace(client), lead.lease(), hostName());
        return new KubernetesSource.Partners(
                status,
                () -> new JobStream((RedisClient) redis.getRequiredNativeClient()),
                () -> wake.ifAvailable(stream -> {
                    stream.publish(Wake.CHANGE);
                    stream.publish(Wake.EVENT);
                }),
                settings.eventsPerMinute() == 0 ? _ -> {} : events::sweep);
    }

    @Bean
    Lead lead(LeadSettings settings, KubernetesClient client, KubernetesSource source, MeterRegistry meters) {
        return Lead.of(settings, client, hostName(), source, meters);
    }

    @Bean
    LeadLifecycle leadLifecycle(Lead lead) {
        return new LeadLifecycle(lead);
    }

    /** That of Spring, and whether the leader's work is stuck: neither PostgreSQL nor the API server is mended by a restart. */
    @Bean
    HealthIndicator livenessStateHealthIndicator(Lead lead) {
        return () -> (lead.busyFor().compareTo(STUCK) < 0 ? Health.up() : Health.down()).build();
    }

    @Bean
    HealthIndicator kubernetesHealthIndicator(Lead lead) {
        return () -> Health.up().withDetail("leads", lead.isOnDuty()).build();
    }

    private static Optional<SecretCipher> cipher(Environment environment) {
        String key = environment.getProperty("SECRET_KEY");
        String jwtSecret = environment.getProperty("hc.auth.jwt-secret", environment.getProperty("JWT_SECRET", ""));
        Optional<SecretCipher> cipher = SecretKeys.cipher(key, jwtSecret);
        if (cipher.isEmpty()) {
            LOG.warn("SECRET_KEY is not set, so definitions cannot refer to Secrets");
        } else if (key == null || key.isBlank()) {
            LOG.warn(
                    "SECRET_KEY is not set, secrets are encrypted by a key derived from JWT_SECRET: set one of their own");
        }
        return cipher;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName(); // in Kubernetes the name of the pod
        } catch (UnknownHostException e) {
            return "operator";
        }
    }

    /** Leads once everything is there, and ends before anything that it needs does. */
    static final class LeadLifecycle implements SmartLifecycle {
        private final Lead lead;
        private volatile boolean isRunning;

        LeadLifecycle(Lead lead) {
            this.lead = lead;
        }

        @Override
        public void start() {
            lead.start();
            isRunning = true;
        }

        @Override
        public void stop() {
            if (isRunning) {
                isRunning = false;
                try {
                    lead.close();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public boolean isRunning() {
            return isRunning;
        }
    }

    /** Whether there is a cluster: because somebody says so, or since we are inside of one or were given access to it. */
    static final class ClusterIsThere implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Environment environment = context.getEnvironment();
            String enabled = environment
                    .getProperty("hc.operator.kubernetes.enabled", "auto")
                    .strip();
            return switch (enabled) {
                case "true" -> true;
                case "false" -> false;
                case "auto" ->
                    !environment.getProperty("KUBERNETES_SERVICE_HOST", "").isBlank()
                            || !environment.getProperty("KUBECONFIG", "").isBlank();
                default ->
                    throw new IllegalArgumentException(
                            "hc.operator.kubernetes.enabled is \"%s\"; it must be auto, true or false"
                                    .formatted(enabled));
            };
        }
    }
}

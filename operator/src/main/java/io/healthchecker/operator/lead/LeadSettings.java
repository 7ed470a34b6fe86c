package io.healthchecker.operator.lead;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of leading.
 *
 * @param enabled whether a lease decides who leads; where there is one replica for certain, it may be false
 * @param lease name of the Lease
 * @param namespace where the Lease lies; {@code POD_NAMESPACE} where it is empty, else the client's
 * @param duration how long after its last sign of life a leader is followed by another one, 5 s to 5 min
 */
@ConfigurationProperties("hc.operator.lead")
public record LeadSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("health-checker-operator") String lease,
        @Nullable String namespace,
        @DefaultValue("15s") Duration duration) {
    public LeadSettings {
        if (duration.compareTo(Duration.ofSeconds(5)) < 0 || duration.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "hc.operator.lead.duration is %d ms; it must be 5 to 300 s".formatted(duration.toMillis()));
        }
        namespace = namespace == null || namespace.isBlank() ? null : namespace.strip();
    }

    /** Where the Lease lies, whatever was set. */
    public String namespace(KubernetesClient client) {
        if (namespace != null) {
            return namespace;
        }
        return client.getNamespace() == null ? "default" : client.getNamespace();
    }

    int seconds() {
        return Math.toIntExact(duration.toSeconds());
    }
}

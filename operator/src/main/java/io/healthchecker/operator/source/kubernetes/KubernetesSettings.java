package io.healthchecker.operator.source.kubernetes;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the services that custom resources declare. Whether there are any says {@code hc.operator.kubernetes.enabled}:
 * {@code true}, {@code false}, or {@code auto}, which means inside a cluster or where {@code KUBECONFIG} is set.
 *
 * @param clusterId tells this cluster from others that write to the same database, as in a DNS label; docs/decisions/0011
 * @param namespaces which are watched; all where it is empty
 * @param team name or id of the team that owns every namespace; where it is empty, each has its own or the one in its
 *     annotation {@code healthchecker.io/team}
 * @param secrets whether definitions may refer to Secrets, of which only labelled ones are read
 * @param secretNamespaces where Secrets are read; in all watched namespaces where it is empty
 * @param sweepEvery how often stored services are compared with the resources that exist, 10 s to 1 day
 * @param sweepMaxPercent at most so many of the stored services may be missing at once, 0 to 100; if more are, none is
 *     removed
 */
@ConfigurationProperties("hc.operator.kubernetes")
public record KubernetesSettings(
        @DefaultValue("default") String clusterId,
        @DefaultValue Set<String> namespaces,
        @Nullable String team,
        @DefaultValue("true") boolean secrets,
        @DefaultValue Set<String> secretNamespaces,
        @DefaultValue("5m") Duration sweepEvery,
        @DefaultValue("30") int sweepMaxPercent) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public KubernetesSettings {
        if (!LABEL.matcher(clusterId).matches()) {
            throw new IllegalArgumentException(
                    "hc.operator.kubernetes.cluster-id is \"%s\"; it must be 1 to 63 small letters, digits and '-'"
                            .formatted(clusterId));
        }
        if (sweepEvery.compareTo(Duration.ofSeconds(10)) < 0 || sweepEvery.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("hc.operator.kubernetes.sweep-every is %d ms; it must be 10 s to 1 day"
                    .formatted(sweepEvery.toMillis()));
        }
        if (sweepMaxPercent < 0 || sweepMaxPercent > 100) {
            throw new IllegalArgumentException(
                    "hc.operator.kubernetes.sweep-max-percent is %d; it must be 0 to 100".formatted(sweepMaxPercent));
        }
        namespaces = Set.copyOf(namespaces);
        secretNamespaces = Set.copyOf(secretNamespaces);
        team = team == null || team.isBlank() ? null : team.strip();
    }

    /** Whether resources of a namespace are seen at all. */
    boolean watches(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }

    /** Where Secrets are read; empty for all namespaces. */
    Set<String> secretScope() {
        return secretNamespaces.isEmpty() ? namespaces : secretNamespaces;
    }
}

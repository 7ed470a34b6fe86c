package io.healthchecker.operator.status;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the status of custom resources is written.
 *
 * @param reporting whether the verdict is told in it: {@code Transitions} tells it when it changes, {@code None} never,
 *     for clusters that cannot bear it
 * @param minInterval how long after a verdict was written the next one of the same resource is, 0 to 10 min
 * @param writesPerSecond how many resources are written, 1 to 1 000 a second, whatever happens
 * @param eventsPerMinute how many Events a namespace gets, 0 to 6 000 a minute
 * @param poll how often new events are looked for, 10 ms to 5 s
 * @param sweep about how often every state is compared, 1 min to 1 d
 * @param dashboardUrl where people find the dashboard; the status has no link where it is empty
 */
@ConfigurationProperties("hc.status")
public record StatusSettings(
        @DefaultValue("Transitions") Reporting reporting,
        @DefaultValue("10s") Duration minInterval,
        @DefaultValue("20") int writesPerSecond,
        @DefaultValue("60") int eventsPerMinute,
        @DefaultValue("250ms") Duration poll,
        @DefaultValue("1h") Duration sweep,
        @Nullable URI dashboardUrl) {

    /** What a status tells. */
    public enum Reporting {
        /** Acceptance, and the verdict when it changes. */
        TRANSITIONS,
        /** Acceptance. */
        NONE
    }

    public StatusSettings {
        within("hc.status.min-interval", minInterval, Duration.ZERO, Duration.ofMinutes(10));
        within("hc.status.writes-per-second", writesPerSecond, 1, 1_000);
        within("hc.status.events-per-minute", eventsPerMinute, 0, 6_000);
        within("hc.status.poll", poll, Duration.ofMillis(10), Duration.ofSeconds(5));
        within("hc.status.sweep", sweep, Duration.ofMinutes(1), Duration.ofDays(1));
        if (dashboardUrl != null && dashboardUrl.toString().isEmpty()) {
            dashboardUrl = null;
        }
        if (dashboardUrl != null && (dashboardUrl.getHost() == null || !isWeb(dashboardUrl))) {
            throw new IllegalArgumentException(
                    "hc.status.dashboard-url is %s; it must be like https://health.example.com"
                            .formatted(dashboardUrl));
        }
    }

    /** Where the dashboard shows a service; null where no dashboard is set. */
    @Nullable
    String dashboardUrl(long serviceId) {
        return dashboardUrl == null ? null : dashboardUrl.toString().replaceAll("/+$", "") + "/services/" + serviceId;
    }

    private static boolean isWeb(URI url) {
        return "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    }

    private static <T extends Comparable<T>> void within(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s is %s; it must be %s to %s".formatted(name, value, least, most));
        }
    }
}

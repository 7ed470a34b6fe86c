package io.healthchecker.api.history;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the past is kept at hand.
 *
 * @param sums whether this process adds results up by the hour, in turn with the others. Default: true
 * @param sumsEvery how often those of the running hour are made again, a second to an hour. Default: a minute
 */
@ConfigurationProperties("hc.history")
public record HistorySettings(
        @DefaultValue("true") boolean sums,
        @DefaultValue("1m") Duration sumsEvery) {
    public HistorySettings {
        if (sumsEvery.compareTo(Duration.ofSeconds(1)) < 0 || sumsEvery.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "hc.history.sums-every is %s; it must be PT1S to PT1H".formatted(sumsEvery));
        }
    }
}

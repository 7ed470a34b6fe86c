package io.healthchecker.worker.compact;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long history is kept.
 *
 * @param results days for which every result is kept, with its failure text; 1 to 400
 * @param events days for which events can be followed; 1 to 400
 * @param gaps days for which it is known why there are no results; 1 to 4000
 */
@ConfigurationProperties("hc.retention-days")
public record RetentionSettings(
        @DefaultValue("7") int results,
        @DefaultValue("7") int events,
        @DefaultValue("400") int gaps) {
    public RetentionSettings {
        check("results", results, 400);
        check("events", events, 400);
        check("gaps", gaps, 4_000);
    }

    private static void check(String name, int days, int most) {
        if (days < 1 || days > most) {
            throw new IllegalArgumentException(
                    "hc.retention-days.%s is %d; it must be 1 to %d".formatted(name, days, most));
        }
    }
}

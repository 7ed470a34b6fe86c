package io.healthchecker.operator.schedule;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the scheduler.
 *
 * @param name name of this replica in logs and in the database; the host's name where it is empty
 * @param shedAfter how long a job may wait for a worker before short periods are left out, 5 s to 10 min
 * @param auditAfter how long after a slot a result may still come before the slot counts as lost, 30 s to 1 h
 * @param databaseGrace how long jobs are emitted while the database is out of reach, 0 to 1 h
 */
@ConfigurationProperties("hc.schedule")
public record ScheduleSettings(
        @DefaultValue("") String name,
        @DefaultValue("30s") Duration shedAfter,
        @DefaultValue("90s") Duration auditAfter,
        @DefaultValue("15m") Duration databaseGrace) {

    public ScheduleSettings {
        within("hc.schedule.shed-after", shedAfter, Duration.ofSeconds(5), Duration.ofMinutes(10));
        within("hc.schedule.audit-after", auditAfter, Duration.ofSeconds(30), Duration.ofHours(1));
        within("hc.schedule.database-grace", databaseGrace, Duration.ZERO, Duration.ofHours(1));
    }

    ScheduleSettings named(String other) {
        return new ScheduleSettings(other, shedAfter, auditAfter, databaseGrace);
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s is %d s; it must be %d to %d s"
                    .formatted(name, value.toSeconds(), least.toSeconds(), most.toSeconds()));
        }
    }
}

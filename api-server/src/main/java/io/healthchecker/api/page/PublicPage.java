package io.healthchecker.api.page;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.healthchecker.api.history.TimeSpan;
import io.healthchecker.core.verdict.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What others may see, at one instant: nothing that its editors did not choose to show. No name, address or reason of a
 * service is in it, only what stands on the page.
 *
 * @param at when it was read
 * @param byLink whether only those see it who have its link, so that it has no address to be told
 * @param theme system, light or dark
 * @param checkedUntil when the last check was due, where nobody checks any more; null while checks go on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PublicPage(
        String slug,
        String title,
        @Nullable String description,
        Health health,
        Instant at,
        @Nullable Instant checkedUntil,
        List<Section> sections,
        List<Happening> incidents,
        @JsonIgnore boolean byLink,
        @JsonIgnore List<String> embedOrigins,
        @JsonIgnore String theme,
        @JsonIgnore PageStyle style,
        @JsonIgnore boolean badges,
        @JsonIgnore @Nullable String domain) {

    /** What is told of a component, and of all together. */
    public enum Health {
        UNCHECKED("Not checked", "Nothing is checked at the moment", "under_maintenance"),
        OPERATIONAL("Operational", "All systems are operational", "operational"),
        UNKNOWN("No data", "We cannot tell how some systems are", "degraded_performance"),
        SLOW("Slow", "Some systems are slow", "degraded_performance"),
        DOWN("Down", "Some systems are down", "major_outage");

        private final String word;
        private final String sentence;
        private final String statuspage;

        Health(String word, String sentence, String statuspage) {
            this.word = word;
            this.sentence = sentence;
            this.statuspage = statuspage;
        }

        static Health of(State state) {
            return switch (state) {
                case UP -> OPERATIONAL;
                case DEGRADED -> SLOW;
                case DOWN -> DOWN;
                case UNKNOWN -> UNKNOWN;
                case SUSPENDED -> UNCHECKED;
            };
        }

        /** The worst of some; of none it is not known. What is not checked hides nothing of what is. */
        static Health worst(Stream<Health> all) {
            return all.max(Comparator.naturalOrder()).orElse(UNKNOWN);
        }

        @JsonValue
        public String word() {
            return word;
        }

        /** Of all systems together. */
        public String sentence() {
            return sentence;
        }

        /** As Statuspage says it, which has no word for what is not known. */
        String statuspage() {
            return statuspage;
        }
    }

    /** Components under one heading. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Section(@Nullable String title, List<Component> components) {}

    /**
     * One thing that is shown.
     *
     * @param days a letter for each of the last days of UTC, today the last, as in {@link
     *     io.healthchecker.core.history.StateLine}
     * @param troubles those of these days on which something was wrong, oldest first
     * @param uptimePercent within those days, cut off; null where nothing is known
     * @param uptimes the same within other times; nothing where nothing is known
     * @param latencyMillis that 95 of 100 checks of the last hour did not exceed; null where nothing was measured
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Component(
            String key,
            String name,
            @Nullable String description,
            Health health,
            Instant since,
            String days,
            List<TroubledDay> troubles,
            @Nullable Double uptimePercent,
            @Nullable Double coveragePercent,
            @JsonIgnore Map<TimeSpan, Double> uptimes,
            @JsonIgnore @Nullable Double latencyMillis,
            @JsonIgnore @Nullable Instant certificateEnds,
            @JsonIgnore List<Long> serviceIds) {}

    /**
     * A day of UTC on which something was wrong with a component.
     *
     * @param downSeconds for how long it was down, rounded up
     * @param slowSeconds for how long it was slow and not down, rounded up
     * @param incidents that were open on that day, oldest first
     */
    public record TroubledDay(LocalDate day, long downSeconds, long slowSeconds, List<Outage> incidents) {}

    /** When an incident was. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Outage(
            String id,
            Health health,
            Instant openedAt,
            @Nullable Instant closedAt) {
        static Outage of(PageFactsTable.Trouble trouble) {
            return new Outage(trouble.publicId(), Health.of(trouble.worst()), trouble.openedAt(), trouble.closedAt());
        }
    }

    /** An incident, by the names of the components that it is of. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Happening(
            String id,
            List<String> components,
            Health health,
            Instant openedAt,
            @Nullable Instant closedAt,
            List<Note> notes) {}

    /** What the team says of an incident. */
    public record Note(Instant at, String text) {}

    /** How all are together, in words. */
    String sentence() {
        return health == Health.OPERATIONAL && components().anyMatch(one -> one.health() == Health.UNCHECKED)
                ? "All systems that are checked are operational"
                : health.sentence();
    }

    /** All of them, in order. */
    public Stream<Component> components() {
        return sections.stream().flatMap(section -> section.components().stream());
    }
}

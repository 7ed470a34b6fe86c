package io.healthchecker.api.system;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the product itself is doing, as one api-server sees it. */
@Schema(description = "How the product itself is doing, as the api-server that answers sees it.")
public record SystemView(
        Instant at,

        @Schema(
                description = "One sentence.",
                example = "On time: lateness p50 3 ms, p99 41 ms; 1667 checks/s; none missed.")
        String verdict,

        @Schema(description = "Whether nothing needs a look.")
        boolean good,

        @Schema(
                description =
                        "What the sentence is about, by the names of figures (see thresholds), or cutOff, clusters, or"
                                + " sight where not everything can be seen; none while all is well.",
                example = "[\"queue\"]")
        List<String> troubles,

        @Schema(description = "What keeps services from being known, by location; none while nothing does.")
        List<Shortfall> coverage,

        @Schema(description = "Within what figures are as they should be, by name; one without a threshold is absent.")
        Map<String, Threshold> thresholds,

        Figure<Schedulers> schedulers,
        Figure<List<WorkerView>> workers,
        Figure<List<QueueView>> queues,
        Figure<Checks> checks,

        @Schema(description = "Kubernetes clusters whose resources are applied, by id; none where there are none.")
        Figure<List<ClusterView>> clusters,

        Feed feed,

        @Schema(description = "Milliseconds for an answer of PostgreSQL.")
        Figure<Double> databaseMillis,

        @Schema(description = "Milliseconds for an answer of Redis.")
        Figure<Double> redisMillis) {

    /** Who schedules. */
    @Schema(description = "Who schedules, and whether all of it is scheduled.")
    public record Schedulers(
            List<SchedulerView> live,

            @Schema(description = "Shards that a scheduler owns.", example = "256")
            int shardsLeased,

            @Schema(description = "Shards that nobody owns: their services are not checked.", example = "0")
            int shardsUnleased,

            @Schema(
                    description = "How far the slowest shard's schedule lies behind now; below 0 it is ahead.",
                    example = "-1.2")
            double watermarkBehindSeconds,

            @Schema(
                    description = "How far the slowest shard's search for lost slots lies behind now.",
                    example = "91.5")
            double auditBehindSeconds) {}

    /** One scheduler. */
    public record SchedulerView(String name, Instant startedAt, Instant seenAt, boolean draining, int shards) {}

    /** One worker. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WorkerView(
            String name,
            String location,
            String version,
            Instant startedAt,
            @Nullable Instant seenAt,

            @Schema(description = "Whether it was seen within 10 seconds.")
            boolean alive,

            @Schema(description = "Checks that run.", example = "137")
            int inFlight,

            @Schema(description = "Checks that it runs at most.", example = "1000")
            int capacity,

            @Schema(description = "Results that wait to be written.", example = "0")
            int writeBacklog,

            @Schema(
                    description =
                            "How far its clock is ahead of the database's, below 0 if it is behind; absent if it never said.",
                    example = "-12",
                    nullable = true)
            @Nullable
            Long clockAheadMillis,

            @Schema(description = "Since when it reaches none of its witnesses, so that its failures do not count.")
            @Nullable
            Instant cutOffAt) {

        static long alive(List<WorkerView> workers) {
            return workers.stream().filter(WorkerView::alive).count();
        }

        static int longestBacklog(List<WorkerView> workers) {
            return workers.stream()
                    .filter(WorkerView::alive)
                    .mapToInt(WorkerView::writeBacklog)
                    .max()
                    .orElse(0);
        }
    }

    /** One Kubernetes cluster. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "How the HealthCheckService resources of one Kubernetes cluster are applied.")
    public record ClusterView(
            @Schema(example = "default") String id,

            @Schema(description = "Who applies them, or did so last.", example = "operator-0")
            String leader,

            Instant ledAt,

            @Schema(description = "When services were last compared with the resources that exist.", nullable = true)
            @Nullable
            Instant sweptAt,

            @Schema(
                    description = "Whether something kept services from being removed with their resources."
                            + " Events of the operator's Lease, and its log, say what and what to do.")
            boolean sweepRefused,

            @Schema(description = "Services that are kept although their resources are missing.", example = "0")
            int keptServices) {}

    /** What waits on the two streams of one of eight groups of shards. */
    @Schema(description = "What waits on the two streams of one of eight groups of shards.")
    public record QueueView(int group, StreamView urgent, StreamView standard) {
        static double oldestSeconds(List<QueueView> queues) {
            return queues.stream()
                    .mapToDouble(queue -> Math.max(queue.urgent.oldestSeconds, queue.standard.oldestSeconds))
                    .max()
                    .orElse(0);
        }
    }

    /** What waits on one stream. */
    public record StreamView(
            @Schema(description = "Jobs that no worker has taken: age of the oldest in seconds, 0 if there is none.")
            double oldestSeconds,

            @Schema(description = "Jobs on the stream, including those that are done and not trimmed yet.")
            long entries,

            @Schema(description = "Jobs that a worker has taken and not acknowledged.")
            long pending) {}

    /** Checks of the last minute. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "SystemChecks",
            description = "Checks of a minute that ended a moment ago, from a sample where there are many services.")
    public record Checks(
            @Schema(example = "1667.4") double perSecond,

            @Schema(description = "Start of a check minus its slot; absent without checks.", nullable = true) @Nullable
            Integer latenessP50Millis,

            @Nullable Integer latenessP99Millis,

            @Schema(description = "Results that could not tell, by reason.", example = "{\"LATE\":2}")
            Map<String, Long> unknown,

            @Schema(
                    description = "Those of them for which neither a service nor its definition is to blame.",
                    example = "2")
            long unknownByUs,

            @Schema(description = "Slots without a result, by reason.", example = "{\"SHED\":40}")
            Map<String, Long> missed,

            @Schema(description = "The same by location, by name.")
            List<LocationView> locations,

            @Schema(description = "Services that live.", example = "100000")
            long services,

            @Schema(description = "How many of them the figures were taken from.", example = "1170")
            long sampled) {

        long allMissed() {
            return missed.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Checks of the same minute that were made, or should have been, from one location. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LocationView(
            @Schema(example = "sin") String name,
            @Schema(example = "120.5") double perSecond,

            @Schema(description = "Absent without checks.", nullable = true) @Nullable
            Integer latenessP99Millis,

            @Schema(description = "Results that could not tell, by reason.", example = "{\"LATE\":2}")
            Map<String, Long> unknown,

            @Schema(description = "Slots without a result, by reason.", example = "{\"SHED\":40}")
            Map<String, Long> missed,

            @Schema(
                    description =
                            "Services that are Unknown since nobody could tell from there, not since they are new.",
                    example = "214")
            long servicesUnknown) {}

    /** The live feed of this api-server. */
    public record Feed(
            @Schema(description = "Connected clients.", example = "212")
            int clients,

            @Schema(description = "Newest event that it has.", example = "90210")
            long eventId,

            @Schema(
                    description = "Times since it began that ids of events were not dense, which must not be.",
                    example = "0")
            long gaps,

            @Schema(
                    description = "Times since it began that old events were read from the database for a client.",
                    example = "3")
            long replays) {}
}

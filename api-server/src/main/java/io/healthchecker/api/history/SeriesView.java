package io.healthchecker.api.history;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Latency over time, by columns: element i of each is of the bucket that begins at t[i]. */
@Schema(
        description = "Latency over time, by columns: element i of each is of the bucket that begins at t[i]. "
                + "Milliseconds, of checks that passed; null where none did. Every bucket of the range is there.")
public record SeriesView(
        Instant from,
        Instant to,
        String location,

        @Schema(description = "Length of a bucket.", example = "300")
        long stepSeconds,

        @Schema(
                description = "results: percentiles are exact. hours: merged from histograms, off by 1 % at most.",
                example = "results")
        String resolution,

        @Schema(description = "Beginning of each bucket, epoch seconds.")
        List<Long> t,

        @Schema(description = "Results.") List<Integer> count,
        @Schema(description = "Those that were DOWN.") List<Integer> down,
        @Schema(description = "Those that were UNKNOWN.") List<Integer> unknown,
        List<@Nullable Double> p50,
        List<@Nullable Double> p95,
        List<@Nullable Double> p99,
        List<@Nullable Double> min,
        List<@Nullable Double> max,
        @Schema(description = "Mean.") List<@Nullable Double> dns,
        @Schema(description = "Mean.") List<@Nullable Double> connect,
        @Schema(description = "Mean.") List<@Nullable Double> tls,
        @Schema(description = "Mean.") List<@Nullable Double> firstByte,
        @Schema(description = "Mean.") List<@Nullable Double> transfer) {}

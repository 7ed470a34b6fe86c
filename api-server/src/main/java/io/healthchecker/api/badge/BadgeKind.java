package io.healthchecker.api.badge;

import io.healthchecker.api.history.TimeSpan;
import io.healthchecker.api.page.Percent;
import io.healthchecker.api.page.PublicPage.Component;
import io.healthchecker.api.page.PublicPage.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a badge tells of a component. */
enum BadgeKind {
    STATE,
    UPTIME,
    LATENCY,
    /** For how many more days the certificate is valid, where a check has looked at one. */
    CERTIFICATE;

    // the scale of Gatus, from good to bad
    private static final String[] SCALE = {"#40cc11", "#94cc11", "#ccd311", "#ccb311", "#cc8111", "#c7130a"};
    private static final double[] UPTIMES = {97.5, 95, 90, 80, 65};
    private static final double[] LATENCIES = {50, 200, 300, 500, 750};
    private static final long[] DAYS_LEFT = {30, 21, 14, 7, 1};
    private static final String NOTHING_KNOWN = "#9f9f9f";

    static Optional<BadgeKind> of(String word) {
        for (BadgeKind kind : values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    Badge of(Component component, TimeSpan span, Look look, Instant now) {
        return switch (this) {
            case STATE -> state(component.health(), look);
            case UPTIME -> uptime(component.uptimes().get(span), "uptime " + span.word(), look);
            case LATENCY -> latency(component.latencyMillis(), look);
            case CERTIFICATE -> certificate(component.certificateEnds(), look, now);
        };
    }

    private static Badge state(Health health, Look look) {
        return switch (health) {
            case OPERATIONAL -> look.badge("status", look.text("upLabel", "✓ up"), look.color("upColor", "#40cc11"));
            case SLOW -> look.badge("status", "▲ slow", look.color("warnColor", "#cc8111"));
            case DOWN -> look.badge("status", look.text("downLabel", "■ down"), look.color("downColor", "#c7130a"));
            case UNKNOWN ->
                look.badge("status", look.text("pendingLabel", "? no data"), look.color("pendingColor", NOTHING_KNOWN));
            case UNCHECKED -> look.badge("status", "‖ not checked", look.color("maintenanceColor", NOTHING_KNOWN));
        };
    }

    private static Badge uptime(@Nullable Double percent, String label, Look look) {
        if (percent == null) {
            return look.badge(label, "no data", NOTHING_KNOWN);
        }
        int place = 0;
        while (place < UPTIMES.length && percent < UPTIMES[place]) {
            place++;
        }
        return look.badge(label, Percent.of(percent), SCALE[place]);
    }

    private static Badge latency(@Nullable Double millis, Look look) {
        if (millis == null) {
            return look.badge("response time", "no data", NOTHING_KNOWN);
        }
        int place = 0;
        while (place < LATENCIES.length && millis > LATENCIES[place]) {
            place++;
        }
        return look.badge("response time", "%d ms".formatted(Math.round(millis)), SCALE[place]);
    }

    private static Badge certificate(@Nullable Instant ends, Look look, Instant now) {
        if (ends == null) {
            return look.badge("certificate", "no data", NOTHING_KNOWN);
        }
        if (!ends.isAfter(now)) {
            return look.badge("certificate", "expired", SCALE[SCALE.length - 1]);
        }
        long days = Duration.between(now, ends).toDays();
        int place = 0;
        while (place < DAYS_LEFT.length && days < DAYS_LEFT[place]) {
            place++;
        }
        return look.badge("certificate", days == 1 ? "1 day" : days + " days", SCALE[place]);
    }
}

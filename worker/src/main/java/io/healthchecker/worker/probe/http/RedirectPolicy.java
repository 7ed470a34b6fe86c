package io.healthchecker.worker.probe.http;

import io.healthchecker.core.service.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Which redirects may be followed. */
enum RedirectPolicy {
    ANY,
    SAME_HOST,
    NO_DOWNGRADE;

    static RedirectPolicy of(@Nullable String wanted) {
        return switch (wanted) {
            case "SameHost" -> SAME_HOST;
            case "NoDowngrade" -> NO_DOWNGRADE;
            case null, default -> ANY;
        };
    }

    /** Why one may not be followed, null if it may. */
    @Nullable
    String objection(HttpUrl from, HttpUrl to) {
        return switch (this) {
            case ANY -> null;
            case SAME_HOST -> from.host().equals(to.host()) ? null : "redirects must stay at the host " + from.host();
            case NO_DOWNGRADE -> from.tls() && !to.tls() ? "redirects must not lead from https to http" : null;
        };
    }
}

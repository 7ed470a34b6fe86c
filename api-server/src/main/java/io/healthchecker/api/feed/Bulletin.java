package io.healthchecker.api.feed;

import org.jspecify.annotations.Nullable;

/** What everybody is told of coverage who connects, and with each ping. For any thread. */
final class Bulletin {
    private volatile @Nullable String coverage;

    /** JSON; null while there is nothing to tell. */
    void put(@Nullable String json) {
        coverage = json;
    }

    /** JSON; null while there is nothing to tell. */
    @Nullable
    String coverage() {
        return coverage;
    }
}

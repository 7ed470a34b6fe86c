package io.healthchecker.api.find;

import io.healthchecker.core.time.Ticker;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.MultiValueMap;

/** Counts services by what they can be filtered by. */
public final class Facets {
    private final KeptRows kept;
    private final FacetTable table;
    private final Ticker ticker;

    Facets(KeptRows kept, JdbcClient jdbc, Ticker ticker) {
        this.kept = kept;
        this.table = new FacetTable(jdbc);
        this.ticker = ticker;
    }

    /** @param parameters of the request, which are a filter */
    public FacetCounts of(int teamId, MultiValueMap<String, String> parameters) {
        return kept.of(teamId)
                .map(rows -> FacetCounts.of(rows, ServiceFilter.of(parameters)))
                .orElseGet(() -> table.count(teamId, parameters, ticker.epochMillis()));
    }
}

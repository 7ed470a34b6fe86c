package io.healthchecker.api.feed;

import io.healthchecker.api.history.LocationNames;
import io.healthchecker.api.history.ResultView;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.CheckResultTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Hands the newest results of watched services to those who watch them. */
final class ResultWatch {
    private static final int BATCH = 500;

    private final CheckResultTable results;
    private final LocationNames locations;
    private final FeedClients clients;

    ResultWatch(CheckResultTable results, LocationNames locations, FeedClients clients) {
        this.results = results;
        this.locations = locations;
        this.clients = clients;
    }

    /** Looks once; what a client has seen is not handed to it again. */
    void look() {
        TreeSet<Long> watched = new TreeSet<>();
        clients.all().forEach(client -> watched.addAll(client.watched()));
        List<Long> ids = new ArrayList<>(watched);
        for (int from = 0; from < ids.size(); from += BATCH) {
            hand(results.latest(ids.subList(from, Math.min(ids.size(), from + BATCH))));
        }
    }

    private void hand(Map<Long, CheckResult> latest) {
        Map<Long, String> encoded = new HashMap<>();
        clients.all().forEach(client -> {
            for (long id : client.watched()) {
                CheckResult result = latest.get(id);
                if (result != null && client.isNews(id, result.job().slot())) {
                    client.leave("result " + id, encoded.computeIfAbsent(id, _ -> encode(result)));
                }
            }
        });
    }

    private String encode(CheckResult result) {
        return FeedJson.data(
                "result", ResultView.of(result, locations.of(result.job().locationId())));
    }
}

package io.healthchecker.e2e.dashboard;

import static io.healthchecker.e2e.dashboard.ShownList.awaitAll;
import static io.healthchecker.e2e.dashboard.ShownList.awaitCounts;
import static io.healthchecker.e2e.dashboard.ShownList.indexes;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.WebSocketRoute;
import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What becomes of the list when the feed is cut, skips or falls silent. */
abstract class FeedLines {
    private static final String LATER =
            "seconds => { window.realNow ??= Date.now; Date.now = () => window.realNow() + seconds * 1000; }";

    private final Dashboard dashboard;

    FeedLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    void whatPassedWhileTheFeedWasCutIsCaughtUp() {
        try (Tab tab = dashboard.tab()) {
            var cut = new boolean[1];
            var sockets = new ArrayList<WebSocketRoute>();
            tab.page().routeWebSocket(url -> url.contains("/services/ws"), socket -> {
                if (cut[0]) {
                    socket.close();
                } else {
                    sockets.add(socket);
                    socket.connectToServer();
                }
            });
            var page = tab.open("/services?sort=name");
            awaitAll(page);
            long indexes = indexes(tab);

            page.evaluate("() => { window.isSamePage = true; }");
            cut[0] = true;
            sockets.getFirst().close();
            page.waitForSelector(".feed.lost");
            assertThat(page.innerText(".feed.lost")).contains("Live updates stopped at");
            assertThat(page.isEnabled(".count[data-state=Up]")).isTrue();
            page.evaluate(LATER, 11);
            page.waitForSelector(".listing.stale .old");
            page.evaluate(LATER, 0);
            dashboard.fleet().change(dashboard.fleet().ids().subList(0, 50), State.DOWN);
            cut[0] = false;
            page.waitForSelector(".feed.live");

            awaitCounts(dashboard, page, "");
            assertThat(indexes(tab)).isEqualTo(indexes);
            assertThat(sockets).as("the first one and one that resumes").hasSize(2);
            assertThat(page.evaluate("window.isSamePage")).isEqualTo(true);
            assertThat(page.locator(".listing.stale").count()).isZero();
            dashboard.fleet().change(dashboard.fleet().ids().subList(0, 50), State.UP);
            awaitCounts(dashboard, page, "");
        }
    }

    @Test
    void aGapIsFilledByOneIndexAndSilenceIsSaid() {
        try (Tab tab = dashboard.tab()) {
            var silent = new boolean[1];
            var sockets = new ArrayList<WebSocketRoute>();
            tab.page().routeWebSocket(url -> url.contains("/services/ws"), socket -> {
                sockets.add(socket);
                socket.connectToServer().onMessage(message -> {
                    if (!silent[0]) {
                        socket.send(message.text());
                    }
                });
            });
            var page = tab.open("/services?sort=name");
            awaitAll(page);
            tab.settle();
            long indexes = indexes(tab);
            sockets.getFirst().send("{\"type\": \"gap\"}");
            page.waitForFunction("() => window.calls > 0");
            tab.settle();
            assertThat(indexes(tab)).isEqualTo(indexes + 1);
            awaitCounts(dashboard, page, "");

            silent[0] = true;
            page.evaluate(LATER, 31);
            page.waitForSelector(".feed.lost");
            assertThat(page.innerText(".feed.lost")).contains("Nothing heard since");
            assertThat(tab.complaints()).isEmpty();
        }
    }
}

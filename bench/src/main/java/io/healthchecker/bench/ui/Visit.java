package io.healthchecker.bench.ui;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of the dashboard, open until it is left. Nothing that is waited for takes longer than {@link #PATIENCE_MILLIS}. */
final class Visit implements AutoCloseable {
    static final String LIVE = ".feed.live";

    private static final double PATIENCE_MILLIS = 20_000;

    // what a frame shows is looked at before it is painted; the next frame is at most 16 ms away
    private static final String WATCH = """
            (() => {
              if (!location.pathname.startsWith('/services')) return; // it would look for rows as long as the page is there
              const marks = window.hcMarks = {};
              const look = () => {
                if (marks.row === undefined && document.querySelector('.row[data-id]')) marks.row = performance.now();
                if (marks.all === undefined && marks.row !== undefined && /\\d/.test(document.querySelector('.count[data-state=Up] strong')?.textContent ?? '')) marks.all = performance.now();
                if (marks.all === undefined) requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            })();""";

    // calls back after the paint that follows
    private static final String PAINTED = """
            window.hcPainted = (then) => requestAnimationFrame(() => {
              const channel = new MessageChannel();
              channel.port1.onmessage = then;
              channel.port2.postMessage(0);
            });""";

    private final Dashboard dashboard;
    private final BrowserContext context;
    private final Page page;
    private final List<Response> responses = new ArrayList<>();

    Visit(Dashboard dashboard, BrowserContext context) {
        this.dashboard = dashboard;
        this.context = context;
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.addInitScript(WATCH);
        context.addInitScript(PAINTED);
        context.onResponse(responses::add);
        page = context.newPage();
    }

    Page page() {
        return page;
    }

    /** Opens the list of services, and waits until all of them are there and are live. */
    Visit list(String search) {
        page.navigate(dashboard.services().origin() + "/services" + search);
        page.waitForFunction("() => window.hcMarks.all !== undefined");
        page.waitForSelector(LIVE);
        return this;
    }

    void run(String script, @Nullable Object argument) {
        page.evaluate(script, argument);
    }

    double number(String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    /** Waits until something holds, for so long at most; false where it does not. */
    boolean await(String expression, double millis) {
        try {
            page.waitForFunction("() => " + expression, null, new Page.WaitForFunctionOptions().setTimeout(millis));
            return true;
        } catch (TimeoutError _) {
            return false;
        }
    }

    /** What came from addresses with a part in them, compressed. */
    double kilobytes(String part) {
        return responses.stream()
                        .filter(response -> response.url().contains(part))
                        .mapToLong(response -> response.request().sizes().responseBodySize)
                        .sum()
                / 1_000.0;
    }

    MainThread mainThread() {
        return new MainThread(context.newCDPSession(page));
    }

    @Override
    public void close() {
        dashboard.leave(context);
        context.close();
    }
}

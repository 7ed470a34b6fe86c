package io.healthchecker.e2e.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.WaitForSelectorState;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A tab of a browser that writes down what must not happen: errors on the console, and requests that leave the origin. */
final class Tab implements AutoCloseable {
    // a call that is refused on purpose is told by the browser, too
    private static final String REFUSED = "Failed to load resource";

    private static final double LONGEST_WAIT = 60_000; // milliseconds; other tests may hold both cores

    private static final String COUNT_CALLS = """
            (() => {
              const fetched = window.fetch;
              window.calls = 0;
              window.fetch = (...all) => {
                window.calls++;
                return fetched(...all).finally(() => setTimeout(() => window.calls--));
              };
            })()""";

    // calls follow on calls, and bars are asked for a moment after their rows were shown
    private static final String SETTLED = """
            async () => {
              const isBusy = () => window.calls > 0 || document.querySelector('[aria-busy=true], .skeleton');
              for (let quiet = 0; quiet < 10; quiet = isBusy() ? 0 : quiet + 1) {
                await new Promise(requestAnimationFrame);
              }
              return true;
            }""";

    private final String origin;
    private final Runnable end;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();

    /** Has each page of a context tell what must not happen. */
    static void prepare(BrowserContext context) {
        // before any script of the page: a violation is not always told on the console
        context.addInitScript(
                "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI));");
        context.addInitScript(COUNT_CALLS);
    }

    /** A tab with a context of its own, which ends with it; somebody may look at it before. */
    static Tab of(BrowserContext context, String origin, Consumer<BrowserContext> leaving) {
        return new Tab(context.newPage(), origin, () -> {
            leaving.accept(context);
            context.close();
        });
    }

    /** A tab beside others, of the size and in the colours that are asked for. */
    static Tab in(BrowserContext context, String origin, Browser.NewContextOptions look) {
        Page page = context.newPage();
        var media = new Page.EmulateMediaOptions();
        if (look.colorScheme != null) {
            look.colorScheme.ifPresent(media::setColorScheme);
        }
        if (look.forcedColors != null) {
            look.forcedColors.ifPresent(media::setForcedColors);
        }
        if (look.reducedMotion != null) {
            look.reducedMotion.ifPresent(media::setReducedMotion);
        }
        page.emulateMedia(media);
        if (look.viewportSize != null) {
            look.viewportSize.ifPresent(size -> page.setViewportSize(size.width, size.height));
        }
        return new Tab(page, origin, page::close);
    }

    private Tab(Page page, String origin, Runnable end) {
        this.page = page;
        this.origin = origin;
        this.end = end;
        page.setDefaultTimeout(LONGEST_WAIT);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                boolean refused = message.text().startsWith(REFUSED);
                (refused ? refusals : complaints)
                        .add(refused ? message.location() + " " + message.text() : message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            requests.add(request);
            if (!request.url().startsWith(origin)) {
                complaints.add("leaves the origin: " + request.url());
            }
        });
        page.onResponse(responses::add);
    }

    Page page() {
        return page;
    }

    /** Opens an address of the dashboard, and waits for its heading or its rows. */
    Page open(String path) {
        page.navigate(origin + path, new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
        page.waitForSelector("h1, .banner", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
        return page;
    }

    /** Opens an address, and waits until what is fetched for it is there. */
    Page settled(String path) {
        open(path);
        return settle();
    }

    /** Goes to an address as a link does, without loading the page again; then as {@link #settled}. */
    Page visit(String path) {
        go(path);
        return settle();
    }

    /** Goes to an address as a link does, and waits for nothing. */
    void go(String path) {
        page.evaluate(
                "async path => (await import(document.querySelector('script[type=module]').src.replace('main.js', 'router.js'))).go(path)",
                path);
    }

    /** Waits until no call is under way and nothing is about to be shown. */
    Page settle() {
        page.waitForFunction(SETTLED);
        return page;
    }

    List<String> complaints() {
        return complaints;
    }

    /** What the console tells of calls that were refused; nothing where none was refused on purpose. */
    List<String> refusals() {
        return refusals;
    }

    List<Request> requests() {
        return requests;
    }

    List<Response> responses() {
        return responses;
    }

    /** A number that an expression of the page gives. */
    double number(String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    @Override
    public void close() {
        end.run();
    }
}

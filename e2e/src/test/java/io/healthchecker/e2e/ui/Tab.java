package io.healthchecker.e2e.ui;

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

    private final BrowserContext context;
    private final String origin;
    private final Consumer<String> kept;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();

    /** @param kept is told, when the tab is closed, what the browser keeps: its cookies and its storage */
    Tab(BrowserContext context, String origin, Consumer<String> kept) {
        this.context = context;
        this.kept = kept;
        this.origin = origin;
        // before any script of the page: a violation is not always told on the console
        context.addInitScript(
                "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI));");
        this.page = context.newPage();
        page.setDefaultTimeout(15_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith(REFUSED)) {
                complaints.add(message.text());
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
        page.waitForSelector("h1", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
        return page;
    }

    List<String> complaints() {
        return complaints;
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
        kept.accept(context.storageState());
        context.close();
    }
}

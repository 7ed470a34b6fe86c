package io.healthchecker.bench.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.healthchecker.bench.ManyServices;
import io.healthchecker.testing.browser.Chromium;

/** The dashboard of an api-server, and somebody who has signed in; each visit is of a browser that knows nothing else. */
public final class Dashboard {
    private final ManyServices services;
    private final Browser browser;
    private String session;

    private Dashboard(ManyServices services, Browser browser, String session) {
        this.services = services;
        this.browser = browser;
        this.session = session;
    }

    /** Signs in. */
    public static Dashboard of(ManyServices services, Chromium chromium) {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(services.origin() + "/login?next=/services");
            page.fill("input[name=email]", ManyServices.EMAIL);
            page.fill("input[name=password]", "password123");
            page.click("form button.primary");
            page.waitForURL(services.origin() + "/services");
            page.waitForSelector(Visit.LIVE);
            return new Dashboard(services, chromium.browser(), context.storageState());
        }
    }

    ManyServices services() {
        return services;
    }

    /** A page in which nothing is open yet. */
    Visit visit() {
        return new Visit(
                this,
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 900)
                        .setLocale("en-GB")
                        .setStorageState(session)));
    }

    // a refresh token works once, so the next visit begins with what the last one was left with
    void leave(BrowserContext context) {
        session = context.storageState();
    }
}

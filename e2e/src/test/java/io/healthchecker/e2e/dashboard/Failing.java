package io.healthchecker.e2e.dashboard;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Calls that the browser finds broken, although the server is well. */
final class Failing {
    /** The id of the request that such an answer names. */
    static final String REQUEST = "7f3a-of-the-tests";

    private static final String PROBLEM = """
            {"type": "about:blank", "title": "Internal Server Error", "status": 500, "detail": "the disk is full", "requestId": "%s"}""".formatted(REQUEST);

    // a session goes on, and so does the feed
    private static final Pattern OF_THE_SESSION = Pattern.compile(".*/api/v1/(auth/|ws-tickets).*");

    private Failing() {}

    /** Every call of the API from now on. */
    static void everything(Page page) {
        calls(
                page,
                url -> url.contains("/api/v1/") && !OF_THE_SESSION.matcher(url).matches());
    }

    /** Those whose address is like this, until {@link #nothing}. */
    static void calls(Page page, Predicate<String> which) {
        page.route(which, Failing::refuse);
    }

    /** Those of a method whose address is like this. */
    static void calls(Page page, String method, Predicate<String> which) {
        page.route(which, route -> {
            if (route.request().method().equals(method)) {
                refuse(route);
            } else {
                route.resume();
            }
        });
    }

    static void nothing(Page page) {
        page.unrouteAll();
    }

    private static void refuse(Route route) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(500)
                .setContentType("application/problem+json")
                .setBody(PROBLEM));
    }
}

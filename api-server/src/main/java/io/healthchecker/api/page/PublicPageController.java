package io.healthchecker.api.page;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.time.Ticker;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Status pages, for everybody. */
@Hidden
@Controller
public class PublicPageController {
    private static final Duration FRESH = Duration.ofSeconds(15);
    private static final String ENCODINGS = HttpHeaders.ACCEPT_ENCODING;

    private final PageShelf shelf;
    private final Ticker ticker;

    PublicPageController(PageShelf shelf, Ticker ticker) {
        this.shelf = shelf;
        this.ticker = ticker;
    }

    @GetMapping("/status/{slug:[a-z0-9-]+}")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> page(
            @PathVariable String slug,
            @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings,
            HttpServletResponse response) {
        ShownPage page = find(slug);
        response.setHeader("Content-Security-Policy", PageHtml.policy(List.of()));
        return page.html(ticker.epochMillis()).answer(FRESH, encodings);
    }

    @GetMapping("/embed/{slug:[a-z0-9-]+}")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> embed(
            @PathVariable String slug,
            @RequestParam(defaultValue = "") String theme,
            @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings,
            HttpServletResponse response) {
        ShownPage page = find(slug);
        List<String> origins = page.page().embedOrigins();
        response.setHeader("Content-Security-Policy", PageHtml.policy(origins));
        if (!origins.isEmpty()) {
            response.setHeader("X-Frame-Options", null); // it knows no list; the policy above does
        }
        String known = theme.equals("light") || theme.equals("dark")
                ? theme
                : page.page().theme();
        return page.embed(ticker.epochMillis(), known).answer(FRESH, encodings);
    }

    @GetMapping("/status/{slug:[a-z0-9-]+}.json")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> json(
            @PathVariable String slug, @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings) {
        return find(slug).json().answer(FRESH, encodings);
    }

    @GetMapping("/status/{slug:[a-z0-9-]+}.atom")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> atom(
            @PathVariable String slug, @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings) {
        return find(slug).atom().answer(FRESH, encodings);
    }

    @GetMapping("/status/{slug:[a-z0-9-]+}/api/v2/summary.json")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> summary(
            @PathVariable String slug, @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings) {
        return find(slug).summary().answer(FRESH, encodings);
    }

    @GetMapping("/status/{slug:[a-z0-9-]+}/api/v2/status.json")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> status(
            @PathVariable String slug, @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings) {
        return find(slug).status().answer(FRESH, encodings);
    }

    private ShownPage find(String slug) {
        return shelf.find(slug)
                .orElseThrow(() -> ProblemException.notFound("there is no such status page")
                        .withHeader(HttpHeaders.CACHE_CONTROL, "no-store"));
    }
}

package io.healthchecker.api.page;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.time.Ticker;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Status pages, for everybody or for who has their link: {@code name} is the slug of a page, or the token of a link. */
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

    @GetMapping("/status/{name:[A-Za-z0-9_-]+}")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> page(
            @PathVariable String name,
            @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings,
            HttpServletResponse response) {
        ShownPage page = find(name);
        response.setHeader(
                "Content-Security-Policy", PageHtml.policy(page.page().style(), List.of()));
        return page.answer(page.html(ticker.epochMillis()), FRESH, encodings);
    }

    @GetMapping("/embed/{name:[A-Za-z0-9_-]+}")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> embed(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String theme,
            @RequestParam(required = false) @Nullable String sections,
            @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings,
            HttpServletResponse response) {
        ShownPage page = find(name);
        Set<EmbedPart> parts = EmbedPart.of(sections);
        List<String> origins = page.page().embedOrigins();
        response.setHeader(
                "Content-Security-Policy", PageHtml.policy(page.page().style(), origins));
        if (!origins.isEmpty()) {
            response.setHeader("X-Frame-Options", null); // it knows no list; the policy above does
        }
        String known = theme.equals("light") || theme.equals("dark")
                ? theme
                : page.page().theme();
        return page.answer(page.embed(ticker.epochMillis(), known, parts), FRESH, encodings);
    }

    @GetMapping("/status/{name:[A-Za-z0-9_-]+}.json")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> json(
            @PathVariable String name, @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings) {
        ShownPage page = find(name);
        return page.answer(page.json(), FRESH, encodings);
    }

    @GetMapping("/status/{name:[A-Za-z0-9_-]+}.atom")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> atom(
            @PathVariable String name, @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings) {
        ShownPage page = find(name);
        return page.answer(page.atom(), FRESH, encodings);
    }

    @GetMapping("/status/{name:[A-Za-z0-9_-]+}/api/v2/summary.json")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> summary(
            @PathVariable String name, @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings) {
        ShownPage page = find(name);
        return page.answer(page.summary(), FRESH, encodings);
    }

    @GetMapping("/status/{name:[A-Za-z0-9_-]+}/api/v2/status.json")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> status(
            @PathVariable String name, @RequestHeader(name = ENCODINGS, required = false) @Nullable String encodings) {
        ShownPage page = find(name);
        return page.answer(page.status(), FRESH, encodings);
    }

    private ShownPage find(String name) {
        return shelf.find(name)
                .orElseThrow(() -> ProblemException.notFound("there is no such status page")
                        .withHeader(HttpHeaders.CACHE_CONTROL, "no-store"));
    }
}

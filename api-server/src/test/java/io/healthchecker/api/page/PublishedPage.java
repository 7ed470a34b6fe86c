package io.healthchecker.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Facts;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;

/** A page that shows one of two services of a team. */
abstract class PublishedPage {
    private static final AtomicInteger PAGES = new AtomicInteger();
    static final String EVIL = "</text></script><script>alert(1)</script>&\\\"😀";
    static final String EVIL_ESCAPED = "&lt;/text&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;😀";

    final Api api = Api.shared();
    final Facts facts = new Facts(api.bean(DataSource.class));
    final Person person = api.somebody();
    final String slug = "page-" + PAGES.incrementAndGet();
    long shown;
    long secret;

    @BeforeEach
    void aPageShowsOneOfTwoServices() {
        shown = service("internal-1", "http://127.0.0.1:4711/?token=N7");
        secret = service("secret-name", "http://127.0.0.1:4712/");
        Answer created = create("""
                {"slug":"%s","title":"Acme %s","published":true,"embedOrigins":["https://www.example.com"],
                 "sections":[{"title":"Shop","components":[{"name":"%s","key":"checkout","serviceId":%d}]}]}""".formatted(slug, slug, EVIL, shown));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
    }

    List<String> everyPublicPath() {
        return List.of(
                "/status/" + slug,
                "/status/" + slug + ".json",
                "/status/" + slug + ".atom",
                "/status/" + slug + "/api/v2/summary.json",
                "/status/" + slug + "/api/v2/status.json",
                "/embed/" + slug,
                "/badge/%s/checkout/state.svg".formatted(slug),
                "/badge/%s/checkout/uptime.svg?range=30d".formatted(slug),
                "/badge/%s/checkout/latency.json".formatted(slug),
                "/badge/%s/checkout/certificate.shields".formatted(slug),
                "/api/badge/%d/status".formatted(shown),
                "/api/badge/%d/uptime/24".formatted(shown),
                "/api/badge/%d/ping".formatted(shown));
    }

    /** Has the pages of this test read anew. */
    void refresh() {
        api.sql()
                .sql("UPDATE status_page SET version = version + 1 WHERE slug = :slug OR slug LIKE :slug || '-%'")
                .param("slug", slug)
                .update();
        api.bean(PageShelf.class).refresh();
    }

    /** What holds of a page while it is not read anew, as it is every few seconds while somebody looks. */
    static void ofOneReading(Api api, String slug, Runnable assertions) {
        PageShelf shelf = api.bean(PageShelf.class);
        while (true) {
            shelf.refresh();
            ShownPage before = shelf.find(slug).orElseThrow();
            try {
                assertions.run();
                return;
            } catch (AssertionError e) {
                if (shelf.find(slug).orElseThrow() == before) {
                    throw e;
                }
            }
        }
    }

    long pageId() {
        return person.caller()
                .get("/api/v1/status-pages")
                .json()
                .at("/items/0/id")
                .asLong();
    }

    Answer create(String json) {
        return person.caller().post("/api/v1/status-pages", json);
    }

    long service(String name, String url) {
        return created("{\"name\":\"%s\",\"url\":\"%s\"}".formatted(name, url));
    }

    long created(String json) {
        return person.caller().post("/api/v1/services", json).json().get("id").asLong();
    }
}

package io.healthchecker.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.api.history.Bars;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Pages while the database is away. */
class PageShelfTest {
    private final Clock ticker = new Clock();
    private final DataSource direct = TestPostgres.freshDatabase();
    private final Fickle database = new Fickle(direct);
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final PageTable table = new PageTable(jdbc);

    /** A database that can be cut off. */
    private static final class Fickle extends DelegatingDataSource {
        private volatile boolean away;
        private volatile CountDownLatch silence = new CountDownLatch(0);
        private final AtomicInteger asked = new AtomicInteger();

        Fickle(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            asked.incrementAndGet();
            try {
                silence.await();
            } catch (InterruptedException e) {
                throw new SQLException("nobody waits any more", e);
            }
            if (away) {
                throw new SQLException("the database is away");
            }
            return super.getConnection();
        }
    }

    /** A clock that is moved. */
    private static final class Clock implements Ticker {
        private final AtomicLong millis = new AtomicLong(1_767_191_400_000L);

        @Override
        public long epochMillis() {
            return millis.get();
        }

        @Override
        public long nanoTime() {
            return millis.get() * 1_000_000;
        }

        void pass(Duration time) {
            millis.addAndGet(time.toMillis());
        }
    }

    @Test
    void aPageLivesOnWithoutTheDatabaseAndSaysThatItIsOld() {
        jdbc.sql("INSERT INTO team (name) VALUES ('team')").update();
        table.insert(1, titled("acme", "Acme"), "");
        var reader = new PageReader(jdbc, new Bars(jdbc, ticker), ticker);
        try (var shelf = new PageShelf(table, reader, ticker)) {
            shelf.refresh();
            assertThat(html(shelf)).contains("Acme").doesNotContain("stopped updating");

            database.away = true;
            ticker.pass(Duration.ofSeconds(90));
            shelf.refresh();
            assertThat(html(shelf)).contains("Acme", "stopped updating at <time datetime=\"2025-12-31T14:30:00Z\">");

            database.away = false;
            await().untilAsserted(() -> assertThat(html(shelf)).contains("Acme").doesNotContain("stopped updating"));
            assertThat(shelf.find("another")).isEmpty();
        }
    }

    @Test
    void whoLooksOftenNeverWaitsForASilentDatabaseAndOthersDoOnce() {
        jdbc.sql("INSERT INTO team (name) VALUES ('team')").update();
        table.insert(1, titled("acme", "Acme"), "");
        try (var shelf = new PageShelf(table, new PageReader(jdbc, new Bars(jdbc, ticker), ticker), ticker)) {
            shelf.refresh();
            database.silence = new CountDownLatch(1);

            ticker.pass(Duration.ofSeconds(12));
            long begin = System.nanoTime();
            assertThat(html(shelf)).contains("Acme");
            ticker.pass(Duration.ofSeconds(15));
            for (int i = 0; i < 50; i++) {
                assertThat(html(shelf)).contains("Acme"); // the first of them waits
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(60)); // were it all of them, it would be 75 s

            database.silence.countDown();
            await().until(() ->
                    shelf.find("acme").orElseThrow().age(ticker.epochMillis()).isZero());
        } finally {
            database.silence.countDown();
        }
    }

    @Test
    void ofManyWhoLookAtOnceOnlySomeWaitForASilentDatabase() {
        jdbc.sql("INSERT INTO team (name) VALUES ('team')").update();
        table.insert(1, titled("acme", "Acme"), "");
        var waited = new AtomicInteger();
        try (var shelf = new PageShelf(table, new PageReader(jdbc, new Bars(jdbc, ticker), ticker), ticker)) {
            shelf.refresh();
            database.silence = new CountDownLatch(1);
            ticker.pass(Duration.ofSeconds(30));
            try (var visitors = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 500; i++) {
                    visitors.execute(() -> {
                        long begin = System.nanoTime();
                        html(shelf);
                        if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(1)) {
                            waited.incrementAndGet();
                        }
                    });
                }
            }
        } finally {
            database.silence.countDown();
        }
        // fifty wait for 1.5 s, and some more where the machine is busy
        assertThat(waited).hasValueLessThan(150);
    }

    @Test
    void whoLooksWhileAPageIsChangedDoesNotBringBackWhatItWas() throws InterruptedException {
        jdbc.sql("INSERT INTO team (name) VALUES ('team')").update();
        Page page = table.insert(1, titled("acme", "Acme"), "");
        table.insert(1, titled("last", "Last"), "");
        try (var shelf = new PageShelf(table, new PageReader(jdbc, new Bars(jdbc, ticker), ticker), ticker)) {
            shelf.refresh();
            database.silence = new CountDownLatch(1);
            int before = database.asked.get();
            Thread editor = Thread.ofVirtual().start(shelf::refresh);
            await().until(() -> database.asked.get() > before);
            new PageTable(JdbcClient.create(direct)).update(1, page.id(), titled("acme", "New"), "");

            ticker.pass(Duration.ofSeconds(12));
            assertThat(html(shelf)).contains("Acme"); // it is to be read after the editor's look
            shelf.find("last"); // and this one after it
            database.silence.countDown();
            editor.join();
            await().until(() ->
                    shelf.find("last").orElseThrow().age(ticker.epochMillis()).isZero());

            assertThat(html(shelf)).contains("New").doesNotContain("Acme");
        } finally {
            database.silence.countDown();
        }
    }

    private String html(PageShelf shelf) {
        byte[] body = shelf.find("acme")
                .orElseThrow()
                .html(ticker.epochMillis())
                .answer(Duration.ZERO, null)
                .getBody();
        return new String(Objects.requireNonNull(body), StandardCharsets.UTF_8);
    }

    private static PageBody titled(String slug, String title) {
        return new PageBody(slug, title, null, true, null, null, List.of(), null, null, null, true, List.of());
    }
}

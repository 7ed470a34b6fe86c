package io.healthchecker.api.page;

import io.healthchecker.api.look.LastLook;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * All published pages, in memory. One thread reads them: each now and then, and those that somebody looks at every
 * quarter of a minute. Only who looks first after a while waits for the database, and not long; without it everybody sees
 * what was true last, at once.
 */
public final class PageShelf implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageShelf.class);
    private static final int MOST_PAGES = 1_000;
    private static final long LOOK_MILLIS = 5_000;
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration SELDOM = Duration.ofMinutes(5);
    private static final Duration BEARABLE = Duration.ofSeconds(15);
    private static final long PATIENCE_MILLIS = 1_500;
    private static final long EDITORS_PATIENCE_MILLIS = 20_000; // what was taken off is gone when they are told so
    private static final long TIRED_MILLIS = 10_000;
    private static final int MOST_WAITING = 50; // each holds a thread

    private final PageTable table;
    private final PageReader reader;
    private final Ticker ticker;
    private final Map<String, ShownPage> shown = new ConcurrentHashMap<>();
    private final Map<String, Future<?>> underWay = new ConcurrentHashMap<>();
    private volatile Map<String, Page> published = Map.of(); // by slug
    private volatile Map<String, String> slugs = Map.of(); // of pages by link, by the hashes of their tokens
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private volatile long tiredUntil = Long.MIN_VALUE; // epoch milliseconds; nobody waits for the database before
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("status-pages").factory());

    PageShelf(PageTable table, PageReader reader, Ticker ticker) {
        this.table = table;
        this.reader = reader;
        this.ticker = ticker;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * A published page as it is now, or was last.
     *
     * @param name its slug if everybody sees it, or else the token of its link
     */
    public Optional<ShownPage> find(String name) {
        if (!PageLink.looksLike(name)) {
            return current(name, null);
        }
        String hash = PageLink.hash(new Secret(name));
        String slug = slugs.get(hash);
        return slug == null ? Optional.empty() : current(slug, hash);
    }

    private Optional<ShownPage> current(String slug, @Nullable String linkHash) {
        ShownPage kept = shown.get(slug);
        if (kept == null || !kept.isOf(linkHash)) {
            return Optional.empty();
        }
        long now = ticker.epochMillis();
        if (kept.age(now).compareTo(FRESH) > 0) {
            Future<?> reading = begin(slug);
            if (reading != null && kept.age(now).compareTo(BEARABLE) > 0 && now >= tiredUntil && places.tryAcquire()) {
                try {
                    await(slug, reading);
                } finally {
                    places.release();
                }
            }
        }
        return Optional.ofNullable(shown.get(slug)).filter(page -> page.isOf(linkHash));
    }

    /** The first page that everybody sees, in no order, for which something holds, as it is now, or was last. */
    public Optional<ShownPage> first(Predicate<ShownPage> wanted) {
        return shown.values().stream()
                .filter(kept -> kept.isOf(null) && wanted.test(kept))
                .findFirst()
                .flatMap(kept -> find(kept.page().slug()));
    }

    /** The page that a host shows. */
    Optional<String> ofDomain(String host) {
        return shown.values().stream()
                .filter(kept -> host.equals(kept.page().domain()))
                .map(kept -> kept.page().slug())
                .findFirst();
    }

    /** Reads what changed, before anything else; waits for it. */
    void refresh() {
        try {
            executor.submit(this::look).get(EDITORS_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | RejectedExecutionException e) {
            LOG.debug("status pages are read later", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The reading of a page that is under way, or begins; null where there is nothing to be read. */
    private @Nullable Future<?> begin(String slug) {
        try {
            return published.containsKey(slug)
                    ? underWay.computeIfAbsent(slug, _ -> executor.submit(() -> readPublished(slug)))
                    : null;
        } catch (RejectedExecutionException e) {
            LOG.debug("status page {} is shown as it was", slug, e);
            return null; // the server stops
        }
    }

    private void await(String slug, Future<?> reading) {
        try {
            reading.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // else all who look would wait in turn for as long as the database is silent
            tiredUntil = ticker.epochMillis() + TIRED_MILLIS;
            LOG.debug("status page {} is shown as it was", slug, e);
        } catch (ExecutionException e) {
            LOG.debug("status page {} is shown as it was", slug, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes in what was published, changed or withdrawn, and reads what nobody has looked at for long. */
    private void look() {
        try {
            List<Page> pages = table.published(MOST_PAGES);
            Map<String, Page> bySlug = new HashMap<>();
            pages.forEach(page -> bySlug.put(String.valueOf(page.body().slug()), page));
            published = bySlug;
            slugs = pages.stream()
                    .filter(page -> page.linkHash() != null)
                    .collect(Collectors.toMap(
                            page -> Objects.requireNonNull(page.linkHash()),
                            page -> String.valueOf(page.body().slug())));
            Set<String> gone = new HashSet<>(shown.keySet());
            gone.removeAll(bySlug.keySet());
            gone.forEach(shown::remove);
            long now = ticker.epochMillis();
            bySlug.forEach((slug, page) -> {
                ShownPage kept = shown.get(slug);
                if (kept == null
                        || kept.version() != page.version()
                        || kept.age(now).compareTo(SELDOM) > 0) {
                    read(page);
                }
            });
        } catch (DataAccessException away) {
            LOG.debug("status pages stay as they are", away);
        }
    }

    /** Reads a page if it is published still by now. */
    private void readPublished(String slug) {
        Page page = published.get(slug);
        if (page == null) {
            underWay.remove(slug);
        } else {
            read(page);
        }
    }

    private void read(Page page) {
        String slug = String.valueOf(page.body().slug());
        try {
            shown.put(slug, new ShownPage(page.version(), page.linkHash(), reader.read(page)));
        } catch (DataAccessException away) {
            LOG.debug("status page {} stays as it is", slug, away);
        } finally {
            underWay.remove(slug);
        }
    }

    @Override
    public void close() {
        LastLook.end(executor);
    }
}

package io.healthchecker.api.feed;

import io.healthchecker.api.look.LastLook;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts what the feed does by itself, and says goodbye to everyone before the server stops. */
final class FeedLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FeedLifecycle.class);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    /** For a look at the database that is under way; an interrupt breaks its connection. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final EventTail tail;
    private final Duration poll;
    private final FeedClients clients;
    private final List<Duty> duties;

    private @Nullable Thread reader;
    private @Nullable ScheduledExecutorService executor;

    FeedLifecycle(EventTail tail, Duration poll, FeedClients clients, List<Duty> duties) {
        this.tail = tail;
        this.poll = poll;
        this.clients = clients;
        this.duties = List.copyOf(duties);
    }

    /** What is done again and again, with a pause in between. */
    static final class Duty {
        private final String name;
        private final Duration pause;
        private final Runnable task;
        private boolean failing;

        Duty(String name, Duration pause, Runnable task) {
            this.name = name;
            this.pause = pause;
            this.task = task;
        }

        private void perform() {
            try {
                task.run();
                if (failing) {
                    LOG.info("feed duty works again duty={}", name);
                    failing = false;
                }
            } catch (RuntimeException e) {
                if (!failing) {
                    LOG.warn("feed duty failed, it is tried again duty={} pause={}", name, pause, e);
                    failing = true;
                }
            }
        }
    }

    @Override
    public synchronized void start() {
        // it waits for the database several times a second: a virtual thread would cost two more switches each time
        reader = Thread.ofPlatform().daemon().name("feed-tail").start(() -> tail.run(poll));
        var started = Executors.newScheduledThreadPool(
                2, Thread.ofVirtual().name("feed-duty-", 0).factory());
        for (Duty duty : duties) {
            started.scheduleWithFixedDelay(duty::perform, 0, duty.pause.toMillis(), TimeUnit.MILLISECONDS);
        }
        executor = started;
    }

    @Override
    public synchronized void stop() {
        try {
            clients.shutDown(GOODBYE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        tail.end();
        if (executor != null) {
            LastLook.end(executor);
            executor = null;
        }
        if (reader != null) {
            end(reader);
            reader = null;
        }
    }

    private static void end(Thread reader) {
        try {
            reader.join(LAST_WORDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        reader.interrupt();
    }

    @Override
    public synchronized boolean isRunning() {
        return reader != null;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE; // stops first: the server would cut the sockets without a word
    }
}

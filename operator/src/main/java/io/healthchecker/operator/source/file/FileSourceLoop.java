package io.healthchecker.operator.source.file;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that looks at the files: when something happens there, and every few seconds anyway. */
public final class FileSourceLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileSourceLoop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FileSource source;
    private final Duration rescan;
    private final DirectoryWatch watch = new DirectoryWatch();
    private final Thread thread =
            Thread.ofPlatform().name("file-source").daemon().unstarted(this::run);

    /** @param rescan after which time it looks although nothing has happened */
    public FileSourceLoop(FileSource source, Duration rescan) {
        this.source = source;
        this.rescan = rescan;
    }

    public void start() {
        thread.start();
    }

    /** Waits until what it does is done. */
    @Override
    public void close() throws InterruptedException {
        watch.close();
        if (thread.isAlive() && !thread.join(PATIENCE)) {
            LOG.warn("file source does not end");
        }
    }

    private void run() {
        try {
            boolean soon;
            do {
                soon = look();
            } while (watch.await(soon ? FileSource.REMOVED_AFTER_MILLIS : rescan.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean look() {
        try {
            boolean soon = source.look();
            watch.watch(source.directories());
            return soon;
        } catch (RuntimeException e) {
            // nothing that lies in a directory may end the thread
            LOG.error("file source failed", e);
            return false;
        }
    }
}

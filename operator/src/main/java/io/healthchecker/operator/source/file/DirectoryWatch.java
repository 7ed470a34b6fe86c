package io.healthchecker.operator.source.file;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until something happens in some directories. It may miss events, as on network and bind mounts: whoever waits
 * looks from time to time anyway. One file descriptor or two, however many directories.
 */
final class DirectoryWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);
    private static final int MAX_DIRECTORIES = 1_000;
    private static final long QUIET_MILLIS = 150;
    private static final int MOST_ROUNDS = 10;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final @Nullable WatchService events;
    private Map<Path, WatchKey> keys = new HashMap<>();

    DirectoryWatch() {
        this.events = open();
    }

    /** From now on these directories are watched, as far as the system permits. */
    void watch(List<Path> directories) {
        Set<Path> wanted = new HashSet<>(directories.subList(0, Math.min(directories.size(), MAX_DIRECTORIES)));
        keys.forEach((directory, key) -> {
            if (!wanted.contains(directory)) {
                key.cancel();
            }
        });
        Map<Path, WatchKey> now = new HashMap<>();
        for (Path directory : wanted) {
            WatchKey key = register(directory);
            if (key != null) {
                now.put(directory, key);
            }
        }
        keys = now;
    }

    /** Waits for the first event and until it is quiet again, but no longer than given. False once it is closed. */
    boolean await(long millis) throws InterruptedException {
        if (events == null) {
            return !closed.await(millis, TimeUnit.MILLISECONDS);
        }
        try {
            WatchKey key = events.poll(millis, TimeUnit.MILLISECONDS);
            // writers write in pieces: what lies there in the middle of it helps nobody
            for (int round = 0; key != null && round < MOST_ROUNDS; round++) {
                key.pollEvents();
                key.reset();
                key = events.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (key != null) {
                key.reset();
            }
            return closed.getCount() > 0;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (events != null) {
                events.close();
            }
        } catch (IOException e) {
            LOG.debug("watch not closed", e);
        }
    }

    private @Nullable WatchKey register(Path directory) {
        try {
            // the same directory again gives the same key
            return events == null
                    ? null
                    : directory.register(
                            events,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException | ClosedWatchServiceException e) {
            LOG.debug("directory not watched directory={}", directory, e);
            return null;
        }
    }

    private static @Nullable WatchService open() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            LOG.warn("directories are looked at from time to time, not watched cause={}", e.getMessage());
            return null;
        }
    }
}

package io.healthchecker.worker.dial;

import io.healthchecker.core.time.Ticker;
import io.netty.resolver.HostsFileEntriesProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The machine's own table of names, read again within five seconds of a change. */
final class Hosts {
    private static final long RECHECK_NANOS = 5_000_000_000L;

    private final Path file;
    private final Ticker ticker;
    private final AtomicLong recheckAt;
    private final AtomicReference<Table> table;

    Hosts(Path file, Ticker ticker) {
        this.file = file;
        this.ticker = ticker;
        this.recheckAt = new AtomicLong(ticker.nanoTime() + RECHECK_NANOS);
        this.table = new AtomicReference<>(read());
    }

    /** The addresses of a name, IPv4 first; empty if the table does not know it. */
    List<InetAddress> addresses(String host) {
        long due = recheckAt.get();
        if (ticker.nanoTime() - due >= 0 && recheckAt.compareAndSet(due, ticker.nanoTime() + RECHECK_NANOS)) {
            Table known = table.get();
            if (!java.util.Objects.equals(known.changed, changed())) {
                table.set(read());
            }
        }
        HostsFileEntriesProvider entries = table.get().entries;
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        List<InetAddress> four = entries.ipv4Entries().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        List<InetAddress> six = entries.ipv6Entries().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        if (six.isEmpty()) {
            return four;
        }
        List<InetAddress> both = new ArrayList<>(four);
        both.addAll(six);
        return both;
    }

    private Table read() {
        FileTime changed = changed();
        return new Table(
                HostsFileEntriesProvider.parser().parseSilently(file.toFile(), StandardCharsets.UTF_8), changed);
    }

    private @Nullable FileTime changed() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return null; // a machine without a table
        }
    }

    private record Table(
            HostsFileEntriesProvider entries, @Nullable FileTime changed) {}
}

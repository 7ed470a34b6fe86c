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
import java.util.Map;
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
        this.table = new AtomicReference<>(read(Table.EMPTY));
    }

    /** The addresses of a name, IPv4 first; empty if the table does not know it. */
    List<InetAddress> addresses(String host) {
        long due = recheckAt.get();
        if (ticker.nanoTime() - due >= 0 && recheckAt.compareAndSet(due, ticker.nanoTime() + RECHECK_NANOS)) {
            Table known = table.get();
            if (!java.util.Objects.equals(known.changed, changed())) {
                table.set(read(known));
            }
        }
        Table now = table.get();
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        List<InetAddress> four = now.four.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        List<InetAddress> six = now.six.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        if (six.isEmpty()) {
            return four;
        }
        List<InetAddress> both = new ArrayList<>(four);
        both.addAll(six);
        return both;
    }

    private Table read(Table known) {
        FileTime changed = changed();
        try {
            HostsFileEntriesProvider read =
                    HostsFileEntriesProvider.parser().parse(file.toFile(), StandardCharsets.UTF_8);
            return new Table(read.ipv4Entries(), read.ipv6Entries(), changed);
        } catch (IOException e) {
            return known; // such as without a free descriptor; it is tried again, and names stay what they were
        }
    }

    private @Nullable FileTime changed() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return null; // a machine without a table
        }
    }

    private record Table(
            Map<String, List<InetAddress>> four,
            Map<String, List<InetAddress>> six,
            @Nullable FileTime changed) {
        static final Table EMPTY = new Table(Map.of(), Map.of(), null);
    }
}

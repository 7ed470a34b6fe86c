package io.healthchecker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** CPU time and memory of processes, from Linux' /proc. */
public record ProcessUsage(double cpuSeconds, long residentBytes) {
    // USER_HZ, which Linux fixes at 100 for what it shows in /proc
    private static final double TICKS_PER_SECOND = 100;

    /** Of one process, its threads included and its children not; zero if it has ended. */
    public static ProcessUsage of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
            return new ProcessUsage(ticks / TICKS_PER_SECOND, resident(pid));
        } catch (IOException ended) {
            return new ProcessUsage(0, 0);
        }
    }

    /**
     * Of a process and everything below it. Memory is proportional: what several of them share, as PostgreSQL's
     * processes share their buffers, is counted once. CPU time includes children that have ended and were waited for.
     */
    public static ProcessUsage ofTree(long pid) {
        double cpu = 0;
        long memory = 0;
        for (long each : tree(pid)) {
            ProcessUsage usage = of(each);
            cpu += usage.cpuSeconds + waitedFor(each);
            memory += proportional(each, usage.residentBytes);
        }
        return new ProcessUsage(cpu, memory);
    }

    /** How many files and sockets a process holds open. */
    public static int openFiles(long pid) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> tree(long pid) {
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants())
                        .map(ProcessHandle::pid)
                        .toList())
                .orElse(List.of());
    }

    private static double waitedFor(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Double.parseDouble(fields[13]) + Double.parseDouble(fields[14])) / TICKS_PER_SECOND;
        } catch (IOException ended) {
            return 0;
        }
    }

    private static long resident(long pid) throws IOException {
        return kilobytes(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:");
    }

    private static long proportional(long pid, long otherwise) {
        try {
            return kilobytes(Path.of("/proc", Long.toString(pid), "smaps_rollup"), "Pss:");
        } catch (IOException | UncheckedIOException unreadable) {
            return otherwise;
        }
    }

    private static long kilobytes(Path file, String field) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1024)
                    .sum();
        }
    }

    /** What was used between two readings of the same processes. */
    public ProcessUsage since(ProcessUsage earlier) {
        return new ProcessUsage(cpuSeconds - earlier.cpuSeconds, residentBytes);
    }
}

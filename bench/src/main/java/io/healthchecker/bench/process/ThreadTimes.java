package io.healthchecker.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** CPU time of the threads of a process, by name; those whose names differ in a number alone are one. */
public record ThreadTimes(Map<String, Long> nanos) {
    /** As Linux counts it, of those that are alive. */
    public static ThreadTimes of(long pid) {
        Map<String, Long> nanos = new HashMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            threads.forEach(thread -> nanos.merge(name(thread), CpuTime.ofThread(thread), Long::sum));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ThreadTimes(nanos);
    }

    /** What was used between two readings of the same process. */
    public ThreadTimes since(ThreadTimes earlier) {
        Map<String, Long> used = new HashMap<>();
        nanos.forEach((name, now) -> used.put(name, now - earlier.nanos.getOrDefault(name, 0L)));
        return new ThreadTimes(used);
    }

    /** What threads of one name used. */
    public record Used(String name, long nanos) {}

    /** The names that used most, so many of them. */
    public List<Used> largest(int number) {
        return nanos.entrySet().stream()
                .map(entry -> new Used(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Used::nanos).reversed())
                .limit(number)
                .toList();
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip().replaceAll("[-\\d]+$", "");
        } catch (IOException ended) {
            return "";
        }
    }
}

package io.healthchecker.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU time of processes, user and system, as Linux' scheduler counts it: in nanoseconds, where ticks are 10 ms. */
public final class CpuTime {
    private CpuTime() {}

    /** Of all threads of a process that are alive. */
    public static long nanos(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.mapToLong(CpuTime::ofThread).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long ofThread(Path thread) {
        try {
            String times = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(times.substring(0, times.indexOf(' ')));
        } catch (IOException ended) {
            return 0;
        }
    }
}

package io.healthchecker.worker.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CpuWaitTest {
    private static final long MILLI = 1_000_000;

    @TempDir
    private Path folder;

    private CpuWait cpu;

    @BeforeEach
    void begin() throws IOException {
        cpu = new CpuWait(folder.resolve("schedstat"));
        waited(7_000);
        assertThat(cpu.starved(0)).isFalse();
    }

    private void waited(long millis) throws IOException {
        Files.writeString(folder.resolve("schedstat"), "5000 %d 12\n".formatted(millis * MILLI));
    }

    @Test
    void aThreadThatWaitsForAQuarterOfTheTimeStarves() throws IOException {
        waited(7_200);
        assertThat(cpu.starved(499 * MILLI)).as("half a second is not over").isFalse();
        assertThat(cpu.starved(500 * MILLI)).isTrue();
        assertThat(cpu.starved(1_000 * MILLI)).as("it waited no more").isFalse();
    }

    @Test
    void aThreadThatWaitsALittleDoesNot() throws IOException {
        waited(7_100);
        assertThat(cpu.starved(500 * MILLI)).isFalse();
    }

    @Test
    void whatHappenedWhileNobodyLookedIsNotCounted() throws IOException {
        waited(9_000);
        assertThat(cpu.starved(3_000 * MILLI)).isFalse();
        waited(9_200);
        assertThat(cpu.starved(3_600 * MILLI)).isTrue();
    }

    @Test
    void whereNobodyTellsNobodyStarves() throws IOException {
        Files.writeString(folder.resolve("schedstat"), "nonsense");
        assertThat(cpu.starved(500 * MILLI)).isFalse();
        Files.delete(folder.resolve("schedstat"));
        assertThat(cpu.starved(1_000 * MILLI)).isFalse();
        assertThat(new CpuWait(null).starved(0)).isFalse();
    }

    /** More threads want to run than there are processors: some of them wait, and the kernel's words are understood. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theKernelTells() throws Exception {
        int threads = 4 * Runtime.getRuntime().availableProcessors();
        var starving = new java.util.concurrent.atomic.AtomicBoolean();
        var started = new java.util.concurrent.CountDownLatch(threads);
        Thread[] busy = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            busy[i] = Thread.ofPlatform().daemon().start(() -> {
                CpuWait own = CpuWait.ofThisThread();
                started.countDown();
                long begin = System.nanoTime();
                while (!starving.get() && System.nanoTime() - begin < 10_000 * MILLI) {
                    if (own.starved(System.nanoTime())) {
                        starving.set(true);
                    }
                }
            });
        }
        started.await();
        for (Thread one : busy) {
            one.join();
        }
        assertThat(starving).isTrue();
    }
}

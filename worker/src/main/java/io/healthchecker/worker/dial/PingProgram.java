package io.healthchecker.worker.dial;

import io.healthchecker.core.egress.Ipv6Text;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own {@code ping}, which may do what this process may not: a process for each check, so only a few run at
 * once.
 */
public final class PingProgram {
    private static final int AT_ONCE = 8;
    private static final String INTERVAL = "0.2"; // below it, ping asks for privileges
    private static final int MAX_OUTPUT = 65_536;
    private static final Semaphore ROOM = new Semaphore(AT_ONCE);
    private static final Pattern COUNTS = Pattern.compile("([0-9]+) packets transmitted, ([0-9]+)[^,]* received");
    // the second reply to a request is marked, and is none
    private static final Pattern TIMES = Pattern.compile("time[=<]([0-9]+(?:\\.[0-9]+)?) ?ms(?! \\(DUP!\\))");

    private final Process process;

    private PingProgram(Process process) {
        this.process = process;
    }

    /**
     * What came of it.
     *
     * @param rttNanos of each reply
     */
    public record Outcome(int sent, List<Long> rttNanos) {}

    /** Where it is, null if the machine has none. */
    public static @Nullable Path find() {
        String searched = System.getenv("PATH");
        for (String folder : searched == null ? List.<String>of() : List.of(searched.split(":"))) {
            Path program = Path.of(folder, "ping");
            if (!folder.isEmpty() && Files.isExecutable(program)) {
                return program;
            }
        }
        return null;
    }

    /**
     * Starts it; null where as many run as may.
     *
     * @param address that was judged before
     * @param done told on the lane's thread what came of it, null if it could not ping
     */
    public static @Nullable PingProgram start(
            Path program, InetAddress address, Request request, Lane lane, Consumer<@Nullable Outcome> done)
            throws IOException {
        if (!ROOM.tryAcquire()) {
            return null;
        }
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command(program, address, request)).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            process = builder.start();
        } catch (IOException e) {
            ROOM.release();
            throw e;
        }
        Thread.ofVirtual().start(() -> {
            Outcome outcome = outcome(process);
            ROOM.release();
            lane.loop().execute(() -> done.accept(outcome));
        });
        return new PingProgram(process);
    }

    /**
     * What to send.
     *
     * @param timeoutSeconds for how long to wait for the last reply
     */
    public record Request(int count, int payloadBytes, int timeoutSeconds) {}

    private static List<String> command(Path program, InetAddress address, Request request) {
        String literal = address instanceof Inet6Address six ? Ipv6Text.of(six) : address.getHostAddress();
        List<String> command = new ArrayList<>(List.of(program.toString(), "-n"));
        command.addAll(List.of("-c", "" + request.count(), "-s", "" + request.payloadBytes()));
        command.addAll(List.of("-i", INTERVAL));
        command.addAll(List.of("-W", "" + request.timeoutSeconds(), literal));
        return command;
    }

    private static @Nullable Outcome outcome(Process process) {
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
            return read(text);
        } catch (IOException e) {
            return null;
        } finally {
            process.destroyForcibly();
        }
    }

    static @Nullable Outcome read(String text) {
        Matcher counts = COUNTS.matcher(text);
        if (!counts.find()) {
            return null;
        }
        List<Long> times = new ArrayList<>();
        Matcher time = TIMES.matcher(text);
        while (time.find()) {
            times.add((long) (Double.parseDouble(time.group(1)) * 1_000_000));
        }
        return new Outcome(Integer.parseInt(counts.group(1)), times);
    }

    /** Ends it. */
    public void stop() {
        process.destroyForcibly();
    }
}

package io.healthchecker.bench.answer;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the servers listen.
 *
 * @param http also takes connections on which nothing is said
 * @param mute takes connections and never says anything
 */
public record Ports(int http, int https, int dns, int grpc, int mute) {
    /** The name that is verified where there is a certificate, and that is asked for by DNS. */
    public static final String SERVER_NAME = "bench.test";

    private static final int ADDRESSES = 64; // or the client's ports towards a single one would be the bound

    /** As one program tells another. */
    public String line() {
        return "%d %d %d %d %d".formatted(http, https, dns, grpc, mute);
    }

    /** What {@link #line} said. */
    public static Ports read(String line) {
        int[] ports =
                Arrays.stream(line.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
        return new Ports(ports[0], ports[1], ports[2], ports[3], ports[4]);
    }

    /** The addresses of each of them. */
    public static Stream<String> addresses() {
        return IntStream.rangeClosed(1, ADDRESSES).mapToObj("127.0.0.%d"::formatted);
    }
}

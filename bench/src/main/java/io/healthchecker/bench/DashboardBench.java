package io.healthchecker.bench;

import io.healthchecker.core.history.HourSums;
import io.healthchecker.core.verdict.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the dashboard asks of the api-server, with very many services: the list by windows and as an index, facets, bars,
 * series, and what the sums of an hour cost. The budget of lists, filters and the index is 50 ms at the 99th percentile
 * and 0.3 MB, that of charts 100 ms; the bench fails where one takes three times as long.
 *
 * <p>Usage: {@code hc bench dashboard [services] [hours of results]}, by default 10000 2.
 */
public final class DashboardBench {
    private static final int WARM_UP = 50;
    private static final int ROUNDS = 200;
    private static final int WARM_UP_ANEW = 10;
    private static final int ROUNDS_ANEW = 40;
    private static final double LIST_MILLIS = 50;
    private static final double CHART_MILLIS = 100;
    private static final double FAR = 3;
    private static final long SHARED_NANOS = 1_100_000_000L; // an index is shared for a second

    private final ManyServices services;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> farOutside = new ArrayList<>();

    private DashboardBench(ManyServices services) {
        this.services = services;
    }

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int hours = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        boolean good;
        try (ManyServices services = ManyServices.start(count, hours)) {
            System.out.printf("%d services, %d h of results at 60 s%n", count, hours);
            var bench = new DashboardBench(services);
            bench.run();
            bench.farOutside.forEach(what -> System.out.println("far outside of its budget: " + what));
            good = bench.farOutside.isEmpty();
        }
        System.exit(good ? 0 : 1);
    }

    private void run() throws IOException, InterruptedException {
        sums();
        String base = "/api/v1/services";
        List<Long> ids = services.ids(60);
        String sixty = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
        long one = ids.getFirst();
        List<Long> all = services.ids(Integer.MAX_VALUE);
        List<Long> spread = IntStream.range(0, 60)
                .mapToObj(i -> all.get(i * all.size() / 60))
                .toList();
        measureAnew("index, read by the first", base + "/index", () -> {}, 0, 1);
        for (int i = 0; i < WARM_UP; i++) {
            read("warm-up", request(base + "?limit=60&q=cart&sort=severity"));
            read("warm-up", request(base + "/index?state=-Degraded"));
        }
        measure("index, kept", base + "/index", LIST_MILLIS);
        lists(base);
        measureAnew(
                "index, after a transition",
                base + "/index",
                () -> change(ids.subList(0, 1)),
                WARM_UP_ANEW,
                ROUNDS_ANEW);
        measureAnew("index, after 60 transitions", base + "/index", () -> change(spread), WARM_UP_ANEW, ROUNDS_ANEW);
        measure("index, filtered, nearly all", base + "/index?state=-Degraded", LIST_MILLIS);
        measure("index, filtered, few", base + "/index?q=cart&state=Down,Degraded", LIST_MILLIS);
        measure("facets", base + "/facets?label=tier:1", LIST_MILLIS);
        measure("facets, words", base + "/facets?q=cart%20-api", LIST_MILLIS);
        measure("bars, 60 services, 24 h", base + "/bars?ids=" + sixty, CHART_MILLIS);
        measure("bars, 60 services, 90 d", base + "/bars?range=90d&ids=" + sixty, CHART_MILLIS);
        measure("series, 24 h", base + "/%d/series".formatted(one), CHART_MILLIS);
        measure("uptimes to 90 d", base + "/%d/uptimes".formatted(one), CHART_MILLIS);
    }

    private void lists(String base) throws IOException, InterruptedException {
        measure("list, 60 by id", base + "?limit=60", LIST_MILLIS);
        measure("list, 60 by severity", base + "?limit=60&sort=severity", LIST_MILLIS);
        measure("list, 60 by latency", base + "?limit=60&sort=-p95", LIST_MILLIS);
        measure("list, state and word", base + "?limit=60&q=cart&state=Down,Degraded", LIST_MILLIS);
        measure("list, words", base + "?limit=60&q=cart%20-api&sort=severity", LIST_MILLIS);
        measure("list, label and flag", base + "?limit=60&label=tier:1,-app:app-7&has=-late&sort=-since", LIST_MILLIS);
        measure("list, page and total", base + "?limit=60&page=3&q=pay", LIST_MILLIS);
    }

    private boolean flip;

    private void change(List<Long> ids) {
        flip = !flip;
        services.change(ids, flip ? State.DOWN : State.UP);
    }

    /** What it costs to add up one whole hour. */
    private void sums() {
        var sums = new HourSums(services.jdbc());
        long begin = System.nanoTime();
        int passes = 0;
        boolean more = true;
        while (more) {
            more = Boolean.TRUE.equals(
                    services.transaction().execute(status -> sums.makeNext(System.currentTimeMillis())));
            passes++;
        }
        long results = services.jdbc()
                .sql("SELECT count(*) FROM check_result")
                .query(Long.class)
                .single();
        System.out.printf(
                "%-28s %8.0f ms for %d results in %d passes%n",
                "sums of hours", (System.nanoTime() - begin) / 1e6, results, passes);
    }

    private void measure(String what, String path, double budget) throws IOException, InterruptedException {
        HttpRequest request = request(path);
        double[] millis = new double[ROUNDS];
        int bytes = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            bytes = read(what, request);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
        }
        print(what, millis, bytes, budget);
    }

    /** An index that nobody has asked for since something changed. */
    private void measureAnew(String what, String path, Runnable change, int warmUp, int rounds)
            throws IOException, InterruptedException {
        HttpRequest request = request(path);
        double[] millis = new double[rounds];
        int bytes = 0;
        for (int i = -warmUp; i < rounds; i++) {
            LockSupport.parkNanos(SHARED_NANOS);
            change.run();
            long begin = System.nanoTime();
            bytes = read(what, request);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
        }
        print(what, millis, bytes, rounds == 1 ? Double.NaN : LIST_MILLIS);
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(services.origin() + path))
                .header("Authorization", "Bearer " + services.api().token())
                .header("Accept-Encoding", "gzip")
                .build();
    }

    private int read(String what, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(what + ": " + answer.statusCode());
        }
        return answer.body().length;
    }

    private void print(String what, double[] millis, int bytes, double budget) {
        Arrays.sort(millis);
        double p99 = millis[(int) Math.ceil(millis.length * 0.99) - 1];
        System.out.printf(
                "%-28s p50 %6.1f ms  p99 %6.1f ms  max %6.1f ms  %7d bytes%s%n",
                what,
                millis[millis.length / 2],
                p99,
                millis[millis.length - 1],
                bytes,
                Double.isNaN(budget) ? "" : "  budget %.0f ms, ratio %.2f".formatted(budget, p99 / budget));
        if (p99 > FAR * budget) {
            farOutside.add(what);
        }
    }
}

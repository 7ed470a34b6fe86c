package io.healthchecker.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** A web server on loopback that answers what a test tells it to, and counts what it was asked. */
public final class Target implements AutoCloseable {
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final BiFunction<String, Integer, Integer> status;
    private final HttpServer server;

    private Target(BiFunction<String, Integer, Integer> status) {
        this.status = status;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** A server whose status depends on the path and on how many requests that path has had, this one included. */
    public static Target answering(BiFunction<String, Integer, Integer> status) {
        return new Target(status);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** How many requests a path has had. */
    public int requests(String path) {
        return counter(path).get();
    }

    private AtomicInteger counter(String path) {
        return requests.computeIfAbsent(path, any -> new AtomicInteger());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int number = counter(path).incrementAndGet();
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(status.apply(path, number), -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

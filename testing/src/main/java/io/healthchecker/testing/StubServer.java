package io.healthchecker.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A server that does byte for byte what its script says, to every connection, and remembers what it was asked. */
public final class StubServer implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final ServerSocket listener;
    private final Script script;
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** What is done with one connection; it is closed afterwards. */
    @FunctionalInterface
    public interface Script {
        void serve(Connection connection) throws IOException;
    }

    private StubServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        Thread.ofVirtual().name("stub-" + listener.getLocalPort()).start(this::accept);
    }

    /** Listens at a free port of 127.0.0.1. */
    public static StubServer start(Script script) {
        return start(LOOPBACK, script);
    }

    /** Listens at a free port of an address. */
    public static StubServer start(InetAddress address, Script script) {
        return start(address, 0, script);
    }

    /** Listens at a port of an address. */
    public static StubServer start(InetAddress address, int port, Script script) {
        try {
            return new StubServer(new ServerSocket(port, 1_000, address), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a request, answers with these bytes (one a character), and closes. */
    public static StubServer answering(String answer) {
        return start(connection -> {
            connection.request();
            connection.send(answer);
        });
    }

    /** Speaks TLS at a free port of 127.0.0.1. */
    public static StubServer encrypted(SSLContext tls, Script script) {
        try {
            return new StubServer(tls.getServerSocketFactory().createServerSocket(0, 1_000, LOOPBACK), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Address of a path, such as {@code http://127.0.0.1:4711/path}. */
    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** All requests so far, head and body, one character a byte. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            script.serve(new Connection(socket));
        } catch (IOException peerIsGone) {
            // what a script could not send, nobody wants
        } finally {
            open.remove(socket);
        }
    }

    /** Stops listening and cuts all connections. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection, as its script uses it. */
    public final class Connection {
        private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *([0-9]+)\r\n");

        private Socket socket;

        private Connection(Socket socket) {
            this.socket = socket;
        }

        /** Reads a whole request; what came so far if the peer closes before its end. */
        public String request() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            int wanted = -1;
            while (wanted < 0 || bytes.size() < wanted) {
                int b = in.read();
                if (b < 0) {
                    break;
                }
                bytes.write(b);
                if (b == '\n' && wanted < 0) {
                    wanted = wanted(bytes.toString(StandardCharsets.ISO_8859_1));
                }
            }
            String request = bytes.toString(StandardCharsets.ISO_8859_1);
            requests.add(request);
            return request;
        }

        private static int wanted(String soFar) {
            if (!soFar.endsWith("\r\n\r\n")) {
                return -1;
            }
            Matcher length = LENGTH.matcher(soFar);
            return soFar.length() + (length.find() ? Integer.parseInt(length.group(1)) : 0);
        }

        /** Reads a line with its end, one character a byte; what came so far if the peer closes before. */
        public String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                line.append((char) b);
                if (b == '\n') {
                    break;
                }
            }
            requests.add(line.toString());
            return line.toString();
        }

        /** What the peer says. */
        public InputStream input() throws IOException {
            return socket.getInputStream();
        }

        /** Reads so many bytes. */
        public byte[] bytes(int count) throws IOException {
            return socket.getInputStream().readNBytes(count);
        }

        /** Speaks TLS from here on, as a server. */
        public void encrypt(SSLContext tls) throws IOException {
            encrypt(tls, socket -> {});
        }

        /** The same, with versions and ciphers as one likes. */
        public void encrypt(SSLContext tls, Consumer<SSLSocket> settings) throws IOException {
            SSLSocket layered = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            layered.setUseClientMode(false);
            settings.accept(layered);
            layered.startHandshake();
            socket = layered;
        }

        /** Sends at once, one byte a character. */
        public void send(String bytes) throws IOException {
            send(bytes.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Sends at once. */
        public void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Waits, so that what is sent next comes apart from what was sent before. */
        public void pause(long millis) {
            try {
                new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** What has come by now, at least one byte; empty if the peer has closed. */
        public byte[] some() throws IOException {
            byte[] bytes = new byte[16_384];
            int count = socket.getInputStream().read(bytes);
            return java.util.Arrays.copyOf(bytes, Math.max(count, 0));
        }

        /** Stays silent until the peer closes. */
        public void hang() throws IOException {
            while (socket.getInputStream().read() >= 0) {
                // whatever it says
            }
        }

        /** Cuts the connection, so that the peer sees a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** The name that the peer asked for by SNI, null without. */
        public @Nullable String serverName() {
            return ServerNames.of(socket);
        }
    }
}

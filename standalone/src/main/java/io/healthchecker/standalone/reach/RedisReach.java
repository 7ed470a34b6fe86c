package io.healthchecker.standalone.reach;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.standalone.StartFailure;
import io.healthchecker.standalone.setting.RedisAddress;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Asks a Redis server for its version, over a connection of its own that needs no client library. */
public final class RedisReach {
    private static final Pattern VERSION = Pattern.compile("redis_version:(\\d+)\\.(\\d+)\\S*");
    private static final int MAX_REPLY_BYTES = 65_536;

    private final RedisAddress address;
    private final Duration timeout;

    public RedisReach(RedisAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /** Throws {@link StartFailure} unless a Redis of 6.2 or later, or a Valkey, answers. */
    public void demand(String name) {
        String information;
        try {
            information = information();
        } catch (UnknownHostException unknown) {
            throw new StartFailure(
                    "%s: the host %s has no address; correct it"
                            .formatted(name, address.at().host()),
                    unknown);
        } catch (IOException unreachable) {
            throw new StartFailure(
                    "%s: no Redis answers at %s (%s); start it there, or correct the setting"
                            .formatted(name, address.at(), unreachable.getMessage()),
                    unreachable);
        }
        var version = VERSION.matcher(information);
        if (!version.find()) {
            throw new StartFailure("%s: what answers at %s is not Redis".formatted(name, address.at()));
        }
        int major = Integer.parseInt(version.group(1));
        if (major < 6 || (major == 6 && Integer.parseInt(version.group(2)) < 2)) {
            throw new StartFailure("%s: %s at %s is too old; it must be 6.2 or later"
                    .formatted(name, version.group().replace(':', ' '), address.at()));
        }
    }

    /** What {@code INFO server} answers. */
    public String information() throws IOException {
        try (Socket socket = connect()) {
            var in = new BufferedInputStream(socket.getInputStream());
            if (address.login().password().isPresent()) {
                String password = address.login().password().map(Secret::reveal).orElseThrow();
                List<String> auth = address.login()
                        .user()
                        .map(user -> List.of("AUTH", user, password))
                        .orElse(List.of("AUTH", password));
                ask(socket, in, auth);
            }
            return ask(socket, in, List.of("INFO", "server"));
        }
    }

    private Socket connect() throws IOException {
        int millis = (int) timeout.toMillis();
        // closed by the caller, and here where it never gets that far
        var plain = new Socket();
        try {
            plain.connect(
                    new InetSocketAddress(address.at().host(), address.at().port()), millis);
            plain.setSoTimeout(millis);
            return address.tls() ? encrypted(plain) : plain;
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    private Socket encrypted(Socket plain) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var socket = (SSLSocket)
                factory.createSocket(plain, address.at().host(), address.at().port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** One command and its reply: a simple string, a bulk string, or an error that is thrown. */
    private static String ask(Socket socket, InputStream in, List<String> command) throws IOException {
        var request = new StringBuilder("*").append(command.size()).append("\r\n");
        for (String word : command) {
            int bytes = word.getBytes(StandardCharsets.UTF_8).length;
            request.append('$').append(bytes).append("\r\n").append(word).append("\r\n");
        }
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        String head = line(in);
        return switch (head.isEmpty() ? ' ' : head.charAt(0)) {
            case '+' -> head.substring(1);
            case '$' -> new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
            case '-' -> throw new IOException(head.substring(1));
            default -> throw new IOException("it does not speak the Redis protocol");
        };
    }

    private static int length(String head) throws IOException {
        if (!head.matches("\\$\\d{1,5}") || Integer.parseInt(head.substring(1)) > MAX_REPLY_BYTES) {
            throw new IOException("it does not speak the Redis protocol");
        }
        return Integer.parseInt(head.substring(1));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        int next;
        while ((next = in.read()) != '\n') {
            if (next < 0) {
                throw new EOFException("it closed the connection");
            }
            if (line.length() > 512) {
                throw new IOException("it does not speak the Redis protocol");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}

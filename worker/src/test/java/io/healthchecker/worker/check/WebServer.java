package io.healthchecker.worker.check;

import io.healthchecker.testing.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A web server of Jetty in every version and encryption; what it answers is said by the path. */
final class WebServer implements AutoCloseable {
    private static final String BROTLI = "iwmAeyJzdGF0dXMiOiJoZWFsdGh5In0D"; // {"status":"healthy"}

    private final Server server = new Server();
    private final HttpConfiguration configuration = new HttpConfiguration();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final ServerConnector plain;
    private final ServerConnector old;
    private final ServerConnector both;
    private final ServerConnector tls1;
    private final ServerConnector mutual;
    private final ServerConnector six;

    private WebServer(TestAuthority authority) {
        HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
        plain = listen(http1, new HTTP2CServerConnectionFactory(configuration));
        old = listen(http1);
        SSLContext good = authority.server("good.test", "other.test");
        both = encrypted(good, false, true);
        tls1 = encrypted(good, false, false);
        mutual = encrypted(authority.demandingServer("good.test"), true, false);
        six = listen(http1);
        six.setHost("::1");
        server.setHandler(new Answers());
    }

    static WebServer start(TestAuthority authority) throws Exception {
        WebServer started = new WebServer(authority);
        started.server.start();
        return started;
    }

    private ServerConnector listen(ConnectionFactory... factories) {
        ServerConnector connector = new ServerConnector(server, 1, 1, factories);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        return connector;
    }

    private ServerConnector encrypted(SSLContext context, boolean demanding, boolean http2) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(context);
        tls.setNeedClientAuth(demanding);
        tls.setSniRequired(false);
        HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
        if (!http2) {
            return listen(terminator(tls, http1.getProtocol()), http1);
        }
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return listen(
                terminator(tls, alpn.getProtocol()), alpn, new HTTP2ServerConnectionFactory(configuration), http1);
    }

    // whoever asks for one name by SNI and for another by Host is served
    private static SslConnectionFactory terminator(SslContextFactory.Server tls, String next) {
        SslConnectionFactory factory = new SslConnectionFactory(tls, next);
        factory.setEnsureSecureRequestCustomizer(false);
        return factory;
    }

    /** HTTP/1.1, and HTTP/2 by prior knowledge. */
    int plain() {
        return plain.getLocalPort();
    }

    /** HTTP/1.1 alone. */
    int old() {
        return old.getLocalPort();
    }

    /** Encrypted, HTTP/2 or HTTP/1.1 by ALPN. */
    int both() {
        return both.getLocalPort();
    }

    /** Encrypted HTTP/1.1, without ALPN. */
    int tls1() {
        return tls1.getLocalPort();
    }

    /** Encrypted HTTP/1.1 for those who show a certificate. */
    int mutual() {
        return mutual.getLocalPort();
    }

    /** HTTP/1.1 at ::1. */
    int six() {
        return six.getLocalPort();
    }

    /** Method, path and query of all requests. */
    Queue<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    private final class Answers extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String path = Request.getPathInContext(request);
            requests.add(request.getMethod() + " " + request.getHttpURI().getPathQuery());
            String[] parts = path.substring(1).split("/");
            switch (parts[0]) {
                case "status" -> {
                    response.setStatus(Integer.parseInt(parts[1]));
                    text(response, callback, "");
                }
                case "redirect" -> {
                    int left = Integer.parseInt(parts[1]);
                    response.setStatus(parts.length > 2 ? Integer.parseInt(parts[2]) : 302);
                    response.getHeaders().put("Location", left == 0 ? "/ok" : "/redirect/" + (left - 1));
                    text(response, callback, "");
                }
                case "to" -> {
                    response.setStatus(302);
                    response.getHeaders().put("Location", request.getHttpURI().getQuery());
                    text(response, callback, "");
                }
                case "echo" -> echo(request, response, callback);
                case "gzip" -> coded(response, callback, "gzip", gzip());
                case "deflate" -> coded(response, callback, "deflate", deflate());
                case "br" -> coded(response, callback, "br", Base64.getDecoder().decode(BROTLI));
                case "badbr" -> coded(response, callback, "br", new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
                case "user" -> guarded(request, response, callback, "Basic bWU6czNjcmV0");
                case "bearer" -> guarded(request, response, callback, "Bearer s3cret");
                case "guarded" -> guarded(request, response, callback, "Bearer t" + tokens.get());
                case "token" -> token(request, response, callback, parts[1]);
                case "login" -> {
                    response.getHeaders().add("Set-Cookie", "session=abc; Path=/");
                    response.getHeaders().put("X-Csrf", "c 1");
                    response.getHeaders().put("Content-Type", "application/json");
                    text(response, callback, "{\"user\":{\"ids\":[7,\"ü 8\"]},\"none\":null,\"text\":\"a \\\"b\\\"\"}");
                }
                case "big" -> text(response, callback, "a".repeat(200_000) + "end");
                case "headers" -> {
                    for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
                        response.getHeaders().add("X-" + i, "a".repeat(100));
                    }
                    text(response, callback, "ok");
                }
                default -> text(response, callback, "ok");
            }
            return true;
        }

        private void text(Response response, Callback callback, String text) {
            Content.Sink.write(response, true, text, callback);
        }

        private void coded(Response response, Callback callback, String coding, byte[] bytes) {
            response.getHeaders().put("Content-Encoding", coding);
            response.write(true, java.nio.ByteBuffer.wrap(bytes), callback);
        }

        private void echo(Request request, Response response, Callback callback) throws Exception {
            StringBuilder said = new StringBuilder();
            said.append(request.getConnectionMetaData().getHttpVersion().asString())
                    .append('\n');
            said.append(request.getMethod())
                    .append(' ')
                    .append(request.getHttpURI().getPathQuery())
                    .append('\n');
            request.getHeaders()
                    .forEach(field -> said.append(field.getLowerCaseName())
                            .append(": ")
                            .append(field.getValue())
                            .append('\n'));
            said.append('\n').append(Content.Source.asString(request, StandardCharsets.UTF_8));
            text(response, callback, said.toString());
        }

        private void guarded(Request request, Response response, Callback callback, String wanted) {
            boolean right = wanted.equals(request.getHeaders().get("Authorization"));
            response.setStatus(right ? 200 : 401);
            text(response, callback, right ? "welcome" : "who?");
        }

        private void token(Request request, Response response, Callback callback, String how) throws Exception {
            String form = Content.Source.asString(request, StandardCharsets.UTF_8);
            String header = String.valueOf(request.getHeaders().get("Authorization"));
            boolean known = header.equals("Basic bWU6czNjcmV0") || form.endsWith("&client_id=me&client_secret=s3cret");
            if (!known || !form.startsWith("grant_type=client_credentials")) {
                response.setStatus(401);
                text(response, callback, "{\"error\":\"invalid_client\"}");
                return;
            }
            switch (how) {
                case "html" -> text(response, callback, "<html>");
                case "empty" -> text(response, callback, "{}");
                case "mac" -> text(response, callback, "{\"access_token\":\"a\",\"token_type\":\"mac\"}");
                case "broken" -> {
                    response.setStatus(500);
                    text(response, callback, "{}");
                }
                default ->
                    text(
                            response,
                            callback,
                            "{\"access_token\":\"t%d\",\"token_type\":\"bearer\",\"expires_in\":%s}"
                                    .formatted(tokens.incrementAndGet(), how));
            }
        }
    }

    private static byte[] gzip() throws java.io.IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(bytes)) {
            gzip.write("{\"status\":\"healthy\"}".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate() {
        Deflater deflater = new Deflater();
        deflater.setInput("{\"status\":\"healthy\"}".getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        byte[] bytes = new byte[100];
        int count = deflater.deflate(bytes);
        deflater.end();
        return java.util.Arrays.copyOf(bytes, count);
    }
}

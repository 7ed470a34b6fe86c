package io.healthchecker.worker.probe.http;

import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.worker.http1.HeaderLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request, as it is sent. */
record Request(
        String method,
        HttpUrl url,
        List<HeaderLine> headers,
        @Nullable String body) {
    // what another site may see of a request; anything else may be a secret that is meant for the first one
    private static final Set<String> FOR_ANYBODY =
            Set.of("accept", "accept-language", "cache-control", "content-type", "pragma", "user-agent");

    /** The request that a redirect asks for (RFC 9110 §15.4); to another origin it takes no secrets along. */
    Request redirected(int status, HttpUrl to) {
        boolean plain = method.equals("HEAD") || !(status == 303 || (status < 303 && method.equals("POST")));
        boolean sameOrigin =
                to.tls() == url.tls() && to.port() == url.port() && to.host().equals(url.host());
        List<HeaderLine> kept = headers.stream()
                .filter(header ->
                        sameOrigin || FOR_ANYBODY.contains(header.name().toLowerCase(Locale.ROOT)))
                .filter(header -> plain || !header.is("content-type"))
                .toList();
        return new Request(plain ? method : "GET", to, kept, plain ? body : null);
    }

    /**
     * The bytes to send.
     *
     * @param cookies value of the Cookie header beside what the definition says, empty for none
     */
    byte[] encode(String userAgent, String cookies) {
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(url.target()).append(" HTTP/1.1\r\n");
        standard(head, "Host", url.authority());
        standard(head, "User-Agent", userAgent);
        standard(head, "Accept", "*/*");
        String cookie = cookies;
        for (HeaderLine header : headers) {
            if (header.is("cookie")) {
                cookie = cookie.isEmpty() ? header.value() : header.value() + "; " + cookie;
            } else {
                line(head, header.name(), header.value());
            }
        }
        if (!cookie.isEmpty()) {
            line(head, "Cookie", cookie);
        }
        byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        if (body != null || Set.of("POST", "PUT", "PATCH").contains(method)) {
            line(head, "Content-Length", Integer.toString(content.length));
        }
        line(head, "Connection", "close");
        head.append("\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + content.length + 16);
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private void standard(StringBuilder head, String name, String value) {
        if (headers.stream().noneMatch(header -> header.is(name))) {
            line(head, name, value);
        }
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}

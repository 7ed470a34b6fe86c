package io.healthchecker.worker.probe.http;

import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.worker.http1.HeaderLine;
import io.healthchecker.worker.http2.Http2Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        boolean sameOrigin = sameOrigin(to, url);
        List<HeaderLine> kept = headers.stream()
                .filter(header ->
                        sameOrigin || FOR_ANYBODY.contains(header.name().toLowerCase(Locale.ROOT)))
                .filter(header -> plain || !header.is("content-type"))
                .toList();
        return new Request(plain ? method : "GET", to, kept, plain ? body : null);
    }

    /**
     * The bytes to send as HTTP/1.1.
     *
     * @param cookies value of the Cookie header beside what the definition says, empty for none
     */
    byte[] encode(String userAgent, String cookies) {
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(url.target()).append(" HTTP/1.1\r\n");
        lines(userAgent, cookies)
                .forEach(line -> head.append(line.name())
                        .append(": ")
                        .append(line.value())
                        .append("\r\n"));
        head.append("Connection: close\r\n\r\n");
        byte[] content = content();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + content.length + 16);
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    /** The same for HTTP/2. */
    Http2Request forHttp2(String userAgent, String cookies) {
        return new Http2Request(method, url.tls(), url.authority(), url.target(), lines(userAgent, cookies), content());
    }

    private byte[] content() {
        return body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    }

    private List<HeaderLine> lines(String userAgent, String cookies) {
        List<HeaderLine> lines = new ArrayList<>(headers.size() + 6);
        standard(lines, "Host", url.authority());
        standard(lines, "User-Agent", userAgent);
        standard(lines, "Accept", "*/*");
        String cookie = cookies;
        for (HeaderLine header : headers) {
            if (header.is("cookie")) {
                cookie = cookie.isEmpty() ? header.value() : header.value() + "; " + cookie;
            } else {
                lines.add(header);
            }
        }
        if (!cookie.isEmpty()) {
            lines.add(new HeaderLine("Cookie", cookie));
        }
        if (body != null || Set.of("POST", "PUT", "PATCH").contains(method)) {
            lines.add(new HeaderLine("Content-Length", Integer.toString(content().length)));
        }
        return lines;
    }

    private void standard(List<HeaderLine> lines, String name, String value) {
        if (headers.stream().noneMatch(header -> header.is(name))) {
            lines.add(new HeaderLine(name, value));
        }
    }

    private static boolean sameOrigin(HttpUrl one, HttpUrl other) {
        return one.tls() == other.tls()
                && one.port() == other.port()
                && one.host().equals(other.host());
    }

    boolean isForOriginOf(Request other) {
        return sameOrigin(url, other.url);
    }

    /** The same request with one header more. */
    Request with(HeaderLine header) {
        List<HeaderLine> more = new ArrayList<>(headers);
        more.add(header);
        return new Request(method, url, List.copyOf(more), body);
    }
}

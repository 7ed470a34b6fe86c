package io.healthchecker.worker.http2;

import io.healthchecker.worker.http1.HeaderLine;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One request, as HTTP/2 says it.
 *
 * @param target path and query
 * @param body empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Http2Request(
        String method, boolean tls, String authority, String target, List<HeaderLine> headers, byte[] body) {
    // RFC 9113 §8.2.2: they speak of a connection that belongs to one request
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade", "host");

    Http2Headers encode() {
        Http2Headers encoded = new DefaultHttp2Headers()
                .method(method)
                .scheme(tls ? "https" : "http")
                .authority(authority())
                .path(target);
        for (HeaderLine header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!OF_THE_CONNECTION.contains(name)) {
                encoded.add(name, header.value().strip());
            }
        }
        return encoded;
    }

    /** That of the target, unless the definition names another one by a Host header. */
    @Override
    public String authority() {
        for (HeaderLine header : headers) {
            if (header.is("host")) {
                return header.value();
            }
        }
        return authority;
    }
}

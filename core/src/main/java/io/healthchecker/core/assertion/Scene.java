package io.healthchecker.core.assertion;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One answer as expressions see it; what is costly is made when it is first asked for. For one thread. */
public final class Scene {
    private final Answer answer;
    private final Timing timing;
    private final Instant now;
    private @Nullable String body;
    private @Nullable Map<String, String> headers;
    private @Nullable Object json;
    private @Nullable NotThere noJson;

    public Scene(Answer answer, Timing timing, Instant now) {
        this.answer = answer;
        this.timing = timing;
        this.now = now;
    }

    public Answer answer() {
        return answer;
    }

    Timing timing() {
        return timing;
    }

    /** When it is looked at. */
    public Instant now() {
        return now;
    }

    String body() {
        if (body == null) {
            body = Text.ofBody(answer);
        }
        return body;
    }

    /** By lower-case name; several values of one name are joined by a comma, as RFC 9110 has it. */
    Map<String, String> headers() {
        if (headers == null) {
            headers = new LinkedHashMap<>();
            for (Header header : answer.headers()) {
                headers.merge(
                        header.name().toLowerCase(Locale.ROOT), header.text(), (one, other) -> one + ", " + other);
            }
        }
        return headers;
    }

    /** The body as JSON: maps, lists, texts, numbers as Long or Double, truth values, the null of expressions. */
    Object json() {
        if (noJson != null) {
            throw noJson;
        }
        if (json == null) {
            try {
                json = Json.parse(body(), answer.body().length >= Answer.MAX_BODY);
            } catch (NotThere e) {
                noJson = e;
                throw e;
            }
        }
        return json;
    }

    Certificate certificate() {
        Certificate certificate = answer.facts().certificate();
        if (certificate == null) {
            throw new NotThere("there is no certificate, as the connection was not encrypted");
        }
        return certificate;
    }

    DnsFacts dns() {
        DnsFacts dns = answer.facts().dns();
        if (dns == null) {
            throw new NotThere("there is no answer of a name server");
        }
        return dns;
    }

    GrpcFacts grpc() {
        GrpcFacts grpc = answer.facts().grpc();
        if (grpc == null) {
            throw new NotThere("there is no answer of gRPC");
        }
        return grpc;
    }

    PingFacts ping() {
        PingFacts ping = answer.facts().ping();
        if (ping == null) {
            throw new NotThere("nothing was pinged");
        }
        return ping;
    }

    String ip() {
        String ip = answer.facts().ip();
        return ip == null ? "" : ip;
    }
}

package io.healthchecker.worker.probe.http;

import io.healthchecker.core.assertion.Template;
import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.crds.probe.HttpStep;
import io.healthchecker.worker.http1.HeaderLine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** The request of one step, with places for what was captured before it. */
final class StepRequest {
    private final String method;
    private final Template url;
    private final boolean wholeAddress; // it begins with a captured value
    private final List<HeaderLine> headers;
    private final @Nullable Template body;
    private final UnaryOperator<String> writtenInBody;

    StepRequest(HttpStep step) {
        this.method = step.method() == null ? "GET" : step.method();
        String address = Objects.requireNonNull(step.url(), "steps.url");
        this.url = new Template(address);
        this.wholeAddress = address.startsWith("${");
        this.headers = HeaderLine.of(step.headers());
        this.body = step.body() == null ? null : new Template(step.body());
        boolean json = headers.stream()
                .anyMatch(header -> header.is("content-type")
                        && header.value().toLowerCase(Locale.ROOT).contains("json"));
        this.writtenInBody = json ? StepRequest::inJson : UnaryOperator.identity();
    }

    /**
     * The request, seen from the address of the one before.
     *
     * @throws IllegalArgumentException if a value cannot stand where it is wanted
     */
    Request of(HttpUrl from, List<Captured> captured) {
        // at the beginning an address may be captured whole; behind it a value is a part of one
        String address = filled(url, captured, wholeAddress ? UnaryOperator.identity() : StepRequest::inUrl);
        HttpUrl to;
        try {
            to = Location.follow(from, address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("url leads nowhere; " + e.getMessage(), e);
        }
        List<HeaderLine> lines = headers.stream()
                .map(header -> new HeaderLine(
                        header.name(), filled(new Template(header.value()), captured, StepRequest::inHeader)))
                .toList();
        return new Request(method, to, lines, body == null ? null : filled(body, captured, writtenInBody));
    }

    // the newest value of a name is the one that stands
    private static String filled(Template template, List<Captured> captured, UnaryOperator<String> written) {
        Map<String, String> values = new HashMap<>();
        for (Captured value : captured) {
            if (template.names().contains(value.name())) {
                values.put(value.name(), written.apply(value.value()));
            }
        }
        return template.fill(values);
    }

    private static String inUrl(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String inHeader(String value) {
        if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("a captured value has a line break, and cannot stand in a header");
        }
        return value;
    }

    private static String inJson(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsCharArray(value));
    }
}

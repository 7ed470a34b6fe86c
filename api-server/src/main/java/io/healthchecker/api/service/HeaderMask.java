package io.healthchecker.api.service;

import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.HttpProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of headers may be secrets, so they are not shown; a mask that comes back in a change stands for the value that
 * is stored.
 */
final class HeaderMask {
    static final String MASK = "***";

    private static final Set<String> HARMLESS = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "content-type",
            "host",
            "origin",
            "user-agent");

    private HeaderMask() {}

    /** A definition as it may be shown. */
    static Definition hide(Definition definition) {
        HttpProbe http = definition.http();
        if (http == null || http.headers() == null) {
            return definition;
        }
        return with(
                definition, http, http.headers().stream().map(HeaderMask::hide).toList());
    }

    /**
     * A definition with the stored values where it bears masks.
     *
     * @param stored what is stored, null where nothing is
     * @throws ProblemException if there is no value for a mask
     */
    static Definition restore(Definition wanted, @Nullable Definition stored) {
        HttpProbe http = wanted.http();
        if (http == null || http.headers() == null) {
            return wanted;
        }
        List<FieldError> errors = new ArrayList<>();
        List<HttpHeader> headers = new ArrayList<>();
        for (int i = 0; i < http.headers().size(); i++) {
            HttpHeader header = http.headers().get(i);
            if (header != null && MASK.equals(header.value())) {
                HttpHeader known = find(header, stored);
                if (known == null) {
                    errors.add(new FieldError(
                            "http.headers[%d].value".formatted(i),
                            "http.headers[%d].value is \"***\", which stands for a stored value, and none is stored; write the value"
                                    .formatted(i)));
                }
                headers.add(known == null ? header : new HttpHeader(header.name(), known.value(), null));
            } else {
                headers.add(header);
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return with(wanted, http, headers);
    }

    private static HttpHeader hide(HttpHeader header) {
        return isSecret(header) ? new HttpHeader(header.name(), MASK, header.valueFrom()) : header;
    }

    /** Whether a header has a value here that may be a secret. */
    static boolean isSecret(HttpHeader header) {
        String name = header.name() == null ? "" : header.name().toLowerCase(Locale.ROOT);
        return header.value() != null && !HARMLESS.contains(name);
    }

    private static @Nullable HttpHeader find(HttpHeader masked, @Nullable Definition stored) {
        if (stored == null || stored.http() == null || stored.http().headers() == null) {
            return null;
        }
        return stored.http().headers().stream()
                .filter(header -> header.name() != null && header.name().equalsIgnoreCase(masked.name()))
                .findFirst()
                .orElse(null);
    }

    private static Definition with(Definition definition, HttpProbe http, List<HttpHeader> headers) {
        return definition.with(draft -> draft.http = http.withHeaders(headers));
    }
}

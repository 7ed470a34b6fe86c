package io.healthchecker.core.service;

import io.healthchecker.core.assertion.BoundedPattern;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.SecretText;
import io.healthchecker.crds.probe.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules of a single field, alike for every kind of probe, and all that was found wrong so far. */
final class FieldRules {
    // the prober writes these itself: a second one would make the request mean two things
    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "transfer-encoding", "upgrade", "expect", "te", "trailer");
    private static final Pattern SCHEME = Pattern.compile("(?s)^([A-Za-z]+://).*$");
    private static final Pattern QUERY = Pattern.compile("(?s)([?#]).*$");

    private final Source source;
    private final List<Violation> violations = new ArrayList<>();

    /** For a definition of a source: Secrets are in Kubernetes alone. */
    FieldRules(Source source) {
        this.source = source;
    }

    /** What was found, in this order. */
    List<Violation> violations() {
        return List.copyOf(violations);
    }

    void add(String field, String message) {
        violations.add(new Violation(field, message));
    }

    void addAll(List<Violation> found) {
        violations.addAll(found);
    }

    void host(String field, @Nullable String host) {
        if (host == null) {
            return;
        }
        try {
            HttpUrl.host(host);
        } catch (IllegalArgumentException e) {
            add(field, "%s is %s; it must be a host name or an IP address".formatted(field, Bounds.shown(field, host)));
        }
    }

    /** A regular expression, compiled; null without one, or where it is none. */
    com.google.re2j.@Nullable Pattern expression(String field, @Nullable String expression) {
        if (expression == null) {
            return null;
        }
        try {
            return BoundedPattern.compile(field, expression);
        } catch (IllegalArgumentException e) {
            add(field, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Whether an address is encrypted; one that is none counts as such. */
    boolean url(String field, @Nullable String url, Function<String, HttpUrl> parser) {
        if (url == null) {
            return true; // named by the bounds already
        }
        try {
            return parser.apply(url).tls();
        } catch (IllegalArgumentException e) {
            add(field, "%s is %s; %s".formatted(field, Bounds.shown(field, withoutSecrets(url)), e.getMessage()));
            return true;
        }
    }

    // a password that was put there by mistake must not come back in an answer or a log, however broken the address is
    private static String withoutSecrets(String url) {
        int at = url.lastIndexOf('@');
        String scheme = SCHEME.matcher(url).replaceFirst("$1");
        String bare = at < 0 ? url : "%s***%s".formatted(scheme.equals(url) ? "" : scheme, url.substring(at));
        return QUERY.matcher(bare).replaceFirst("$1…");
    }

    /** Names that are not the probe's own, and values that are there. */
    void headers(String field, @Nullable List<HttpHeader> headers) {
        for (int i = 0; headers != null && i < headers.size(); i++) {
            HttpHeader header = headers.get(i);
            if (header != null) {
                header("%s[%d]".formatted(field, i), header);
            }
        }
    }

    /** A text that may be a secret: its value, or in Kubernetes the Secret that has it. */
    void secret(String field, @Nullable SecretText text) {
        if (text != null) {
            valueOrSecret(field, text.value(), text.valueFrom());
        }
    }

    private void header(String field, HttpHeader header) {
        String name = header.name();
        if (name != null && OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            add(
                    field + ".name",
                    "%s.name is \"%s\"; that header is set by the probe, remove it".formatted(field, name));
        }
        valueOrSecret(field, header.value(), header.valueFrom());
    }

    private void valueOrSecret(String field, @Nullable String value, @Nullable ValueSource from) {
        boolean referred = from != null;
        if (source != Source.KUBERNETES) {
            if (referred) {
                add(
                        field + ".valueFrom",
                        "%1$s.valueFrom names a Secret of Kubernetes, which only a HealthCheckService there can have; write %1$s.value"
                                .formatted(field));
            } else if (value == null) {
                add(field + ".value", "%s.value is missing; it is required".formatted(field));
            }
        } else if (referred == (value != null)) {
            add(
                    field,
                    "%s has %s; set exactly one of value and valueFrom"
                            .formatted(field, referred ? "both value and valueFrom" : "neither value nor valueFrom"));
        }
    }
}

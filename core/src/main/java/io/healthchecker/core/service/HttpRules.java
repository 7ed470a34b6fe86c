package io.healthchecker.core.service;

import io.healthchecker.core.assertion.Template;
import io.healthchecker.crds.probe.BasicCredentials;
import io.healthchecker.crds.probe.Capture;
import io.healthchecker.crds.probe.ClientCredentials;
import io.healthchecker.crds.probe.HttpAuthentication;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.HttpStep;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold of an HTTP probe and its steps. */
final class HttpRules {
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

    private final FieldRules rules;

    HttpRules(FieldRules rules) {
        this.rules = rules;
    }

    void probe(HttpProbe probe) {
        boolean tls = rules.url("http.url", probe.url(), HttpUrl::parse);
        rules.expression("http.bodyMatches", probe.bodyMatches());
        ranges("http.expectedStatus", probe.expectedStatus());
        rules.headers("http.headers", probe.headers());
        needsHttps("certificateExpiresInDays", probe.certificateExpiresInDays(), tls);
        needsHttps("serverName", probe.serverName(), tls);
        needsHttps("certificateAuthorities", probe.certificateAuthorities(), tls);
        needsHttps("clientCertificate", probe.clientCertificate(), tls);
        body("http", probe.body(), probe.method());
        rules.host("http.serverName", probe.serverName());
        new ConnectionRules(
                        "http",
                        probe.certificateAuthorities(),
                        probe.clientCertificate(),
                        probe.proxy(),
                        probe.tlsVerification())
                .judge(rules);
        HttpAuthentication authentication = probe.authentication();
        if (authentication != null) {
            authentication(authentication, probe.headers());
        }
        steps(probe);
    }

    private void needsHttps(String field, @Nullable Object value, boolean tls) {
        if (value != null && !tls) {
            rules.add("http." + field, "http.%s needs an https url; change the url or remove it".formatted(field));
        }
    }

    private void body(String field, @Nullable String body, @Nullable String method) {
        if (body != null && (method == null || WITHOUT_BODY.contains(method))) {
            rules.add(
                    field + ".body",
                    "%1$s.body needs a method that sends one; set %1$s.method to POST, PUT or PATCH".formatted(field));
        }
    }

    private void ranges(String field, @Nullable List<String> ranges) {
        for (int i = 0; ranges != null && i < ranges.size(); i++) {
            String range = ranges.get(i);
            if (range != null && range.length() == 7 && range.substring(0, 3).compareTo(range.substring(4)) > 0) {
                String entry = "%s[%d]".formatted(field, i);
                rules.add(entry, "%s is \"%s\"; its first status must not be above its last".formatted(entry, range));
            }
        }
    }

    private void authentication(HttpAuthentication wanted, @Nullable List<HttpHeader> headers) {
        long set = Stream.of(wanted.basic(), wanted.bearer(), wanted.oauth2())
                .filter(Objects::nonNull)
                .count();
        if (set != 1) {
            rules.add(
                    "http.authentication",
                    "http.authentication has %d of basic, bearer and oauth2; set exactly one".formatted(set));
        }
        basic("http.authentication.basic", wanted.basic());
        rules.secret("http.authentication.bearer", wanted.bearer());
        ClientCredentials oauth2 = wanted.oauth2();
        if (oauth2 != null) {
            rules.url("http.authentication.oauth2.tokenUrl", oauth2.tokenUrl(), HttpUrl::parse);
            rules.secret("http.authentication.oauth2.clientSecret", oauth2.clientSecret());
        }
        for (int i = 0; headers != null && i < headers.size(); i++) {
            HttpHeader header = headers.get(i);
            if (header != null && "authorization".equalsIgnoreCase(header.name())) {
                String field = "http.headers[%d].name".formatted(i);
                rules.add(field, field + " is Authorization, which http.authentication sends; remove one of them");
            }
        }
    }

    private void basic(String field, @Nullable BasicCredentials credentials) {
        if (credentials != null) {
            rules.secret(field + ".password", credentials.password());
        }
    }

    private void steps(HttpProbe probe) {
        if (probe.steps() == null) {
            if (probe.capture() != null && !probe.capture().isEmpty()) {
                rules.add(
                        "http.capture", "http.capture is for steps, and there are none; write http.steps or remove it");
            }
            return;
        }
        Set<String> known = captures("http.capture", probe.capture());
        for (int i = 0; i < probe.steps().size(); i++) {
            HttpStep step = probe.steps().get(i);
            if (step != null) {
                String field = "http.steps[%d]".formatted(i);
                step(field, step, known);
                known.addAll(captures(field + ".capture", step.capture()));
            }
        }
    }

    private void step(String field, HttpStep step, Set<String> known) {
        rules.expression(field + ".bodyMatches", step.bodyMatches());
        ranges(field + ".expectedStatus", step.expectedStatus());
        rules.headers(field + ".headers", step.headers());
        body(field, step.body(), step.method());
        places(field + ".url", step.url(), known);
        places(field + ".body", step.body(), known);
        for (int i = 0; step.headers() != null && i < step.headers().size(); i++) {
            HttpHeader header = step.headers().get(i);
            if (header != null) {
                places("%s.headers[%d].value".formatted(field, i), header.value(), known);
            }
        }
    }

    private void places(String field, @Nullable String text, Set<String> known) {
        if (text != null) {
            for (String name : new Template(text).names()) {
                if (!known.contains(name)) {
                    rules.add(
                            field,
                            "%s has ${%s}, which no step before it captures; write $${%s} for the text itself"
                                    .formatted(field, name, name));
                }
            }
        }
    }

    private Set<String> captures(String field, @Nullable List<Capture> captures) {
        Set<String> names = new HashSet<>();
        for (int i = 0; captures != null && i < captures.size(); i++) {
            Capture capture = captures.get(i);
            if (capture == null) {
                continue;
            }
            String entry = "%s[%d]".formatted(field, i);
            long set = Stream.of(capture.jsonPath(), capture.header(), capture.bodyMatches())
                    .filter(Objects::nonNull)
                    .count();
            if (set != 1) {
                rules.add(
                        entry, "%s has %d of jsonPath, header and bodyMatches; set exactly one".formatted(entry, set));
            }
            rules.expression(entry + ".bodyMatches", capture.bodyMatches());
            if (capture.name() != null) {
                names.add(capture.name());
            }
        }
        return names;
    }
}

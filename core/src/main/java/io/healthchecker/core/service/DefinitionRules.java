package io.healthchecker.core.service;

import io.healthchecker.core.assertion.BoundedPattern;
import io.healthchecker.core.schedule.Cron;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HeartbeatProbe;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.SecretText;
import io.healthchecker.crds.probe.ValueSource;
import io.healthchecker.crds.probe.WebsocketProbe;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold of a definition before it is stored: the bounds on its records, and the rules between fields. */
public final class DefinitionRules {
    /** Longest name of a service, in characters. */
    public static final int MAX_NAME = 200;

    // the prober writes these itself: a second one would make the request mean two things
    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "transfer-encoding", "upgrade", "expect", "te", "trailer");
    private static final Pattern GRPC_NAMES = Pattern.compile("(?i)content-type|user-agent|grpc-.*");
    private static final Pattern WEBSOCKET_NAMES = Pattern.compile("(?i)sec-websocket-.*");
    private static final String KINDS = "http, tcp, tls, dns, icmp, grpc, websocket, heartbeat";
    private static final Pattern SCHEME = Pattern.compile("(?s)^([A-Za-z]+://).*$");
    private static final Pattern QUERY = Pattern.compile("(?s)([?#]).*$");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?");
    private static final Pattern LABEL_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern LABEL_PREFIX =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private final List<Violation> violations = new ArrayList<>();

    private final Source source;

    private DefinitionRules(Source source) {
        this.source = source;
    }

    /**
     * Everything that is wrong with a definition; empty if it may be stored.
     *
     * @param source who owns it: Secrets are in Kubernetes alone
     */
    public static List<Violation> violations(Definition definition, Source source) {
        DefinitionRules rules = new DefinitionRules(source);
        rules.violations.addAll(Bounds.violations(definition));
        rules.exactlyOneProbe(definition);
        rules.timing(definition);
        if (definition.http() != null) {
            new HttpRules(rules).probe(definition.http());
        }
        rules.violations.addAll(SocketRules.violations(definition));
        if (definition.grpc() != null) {
            rules.grpc(definition.grpc());
        }
        if (definition.websocket() != null) {
            rules.websocket(definition.websocket());
        }
        if (definition.heartbeat() != null) {
            rules.heartbeat(definition.heartbeat());
        }
        if (definition.labels() != null) {
            rules.labels(definition.labels());
        }
        rules.violations.addAll(ExpressionRules.violations(definition));
        return List.copyOf(rules.violations);
    }

    /** Everything that is wrong with a name. */
    public static List<Violation> nameViolations(@Nullable String name) {
        if (name == null) {
            return List.of(new Violation("name", "name is missing; it is required"));
        }
        if (name.codePoints().noneMatch(DefinitionRules::visible)) {
            return List.of(new Violation("name", "name is blank; it needs at least one visible character"));
        }
        int length = name.codePointCount(0, name.length());
        if (length > MAX_NAME) {
            return List.of(
                    new Violation("name", "name has %d characters; it must have 1 to %d".formatted(length, MAX_NAME)));
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            return List.of(new Violation("name", "name contains a control character; remove it"));
        }
        return Bounds.unstorable(name)
                .map(what -> List.of(new Violation("name", "name contains %s; remove it".formatted(what))))
                .orElseGet(List::of);
    }

    private static boolean visible(int character) {
        return !Character.isWhitespace(character)
                && !Character.isSpaceChar(character)
                && Character.getType(character) != Character.FORMAT;
    }

    private void exactlyOneProbe(Definition definition) {
        List<String> set = List.copyOf(definition.probes().keySet());
        if (set.size() != 1) {
            String found = set.isEmpty() ? "none" : Bounds.joined(set);
            add(set.isEmpty() ? "http" : set.get(1), "set exactly one of %s; found %s".formatted(KINDS, found));
        }
    }

    private void timing(Definition definition) {
        Integer timeout = definition.timeoutSeconds();
        if (timeout != null && 1_000L * timeout >= definition.periodMillis()) {
            add(
                    "timeoutSeconds",
                    "timeoutSeconds is %d; it must be below periodSeconds (%d)"
                            .formatted(timeout, definition.periodMillis() / 1_000));
        }
        Integer degraded = definition.degradedAfterMillis();
        if (degraded != null && degraded >= definition.timeoutMillis()) {
            add(
                    "degradedAfterMillis",
                    "degradedAfterMillis is %d; it must be below timeoutSeconds (%d ms)"
                            .formatted(degraded, definition.timeoutMillis()));
        }
    }

    void expression(String field, @Nullable String expression) {
        if (expression != null) {
            try {
                BoundedPattern.compile(field, expression);
            } catch (IllegalArgumentException e) {
                add(field, String.valueOf(e.getMessage()));
            }
        }
    }

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

    private void grpc(GrpcProbe probe) {
        host("grpc.host", probe.host());
        host("grpc.serverName", probe.serverName());
        boolean tls = Boolean.TRUE.equals(probe.tls());
        needsTls("grpc", "serverName", probe.serverName(), tls);
        needsTls("grpc", "certificateExpiresInDays", probe.certificateExpiresInDays(), tls);
        needsTls("grpc", "certificateAuthorities", probe.certificateAuthorities(), tls);
        needsTls("grpc", "clientCertificate", probe.clientCertificate(), tls);
        new ConnectionRules(
                        "grpc",
                        probe.certificateAuthorities(),
                        probe.clientCertificate(),
                        probe.proxy(),
                        probe.tlsVerification())
                .judge(this);
        headers("grpc.metadata", probe.metadata());
        ownNames("grpc.metadata", probe.metadata(), GRPC_NAMES);
    }

    private void websocket(WebsocketProbe probe) {
        boolean tls = url("websocket.url", probe.url(), HttpUrl::parseWebsocket);
        headers("websocket.headers", probe.headers());
        ownNames("websocket.headers", probe.headers(), WEBSOCKET_NAMES);
        expression("websocket.messageMatches", probe.messageMatches());
        host("websocket.serverName", probe.serverName());
        needsWss("certificateExpiresInDays", probe.certificateExpiresInDays(), tls);
        needsWss("serverName", probe.serverName(), tls);
        needsWss("certificateAuthorities", probe.certificateAuthorities(), tls);
        needsWss("clientCertificate", probe.clientCertificate(), tls);
        new ConnectionRules(
                        "websocket",
                        probe.certificateAuthorities(),
                        probe.clientCertificate(),
                        probe.proxy(),
                        probe.tlsVerification())
                .judge(this);
    }

    private void needsWss(String field, @Nullable Object value, boolean tls) {
        if (value != null && !tls) {
            add("websocket." + field, "websocket.%s needs a wss url; change the url or remove it".formatted(field));
        }
    }

    private void ownNames(String field, @Nullable List<HttpHeader> headers, Pattern own) {
        for (int i = 0; headers != null && i < headers.size(); i++) {
            String name = headers.get(i) == null ? null : headers.get(i).name();
            if (name != null && own.matcher(name).matches()) {
                add(
                        "%s[%d].name".formatted(field, i),
                        "%s[%d].name is \"%s\"; that header is set by the probe, remove it".formatted(field, i, name));
            }
        }
    }

    private void needsTls(String kind, String field, @Nullable Object value, boolean tls) {
        if (value != null && !tls) {
            add(kind + "." + field, "%1$s.%2$s needs TLS: set %1$s.tls to true or remove it".formatted(kind, field));
        }
    }

    private void heartbeat(HeartbeatProbe probe) {
        if (probe.timeZone() != null && probe.cron() == null) {
            add("heartbeat.timeZone", "heartbeat.timeZone needs heartbeat.cron; write cron or remove timeZone");
        } else if (probe.timeZone() != null && !isZone(probe.timeZone())) {
            add(
                    "heartbeat.timeZone",
                    "heartbeat.timeZone is %s; it must be a time zone such as Europe/Berlin"
                            .formatted(Bounds.shown("heartbeat.timeZone", probe.timeZone())));
        }
        if (probe.cron() != null) {
            try {
                Cron.parse(probe.cron());
            } catch (IllegalArgumentException e) {
                add(
                        "heartbeat.cron",
                        "heartbeat.cron is %s; %s"
                                .formatted(Bounds.shown("heartbeat.cron", probe.cron()), e.getMessage()));
            }
        }
    }

    private static boolean isZone(String text) {
        try {
            ZoneId.of(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
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

    private void labels(Map<String, String> labels) {
        labels.forEach((key, value) -> {
            String field = "labels." + key;
            int slash = key.indexOf('/');
            String name = key.substring(slash + 1);
            boolean prefixed = slash < 0
                    || (slash <= 253
                            && LABEL_PREFIX.matcher(key.substring(0, slash)).matches());
            if (!prefixed || name.length() > 63 || !LABEL_NAME.matcher(name).matches()) {
                add(
                        field,
                        "label key \"%s\" is not valid; use letters, digits, '-', '_', '.', with an optional DNS prefix and '/'"
                                .formatted(key));
            }
            if (value == null) {
                add(field, "label %s is null; give it a value or remove it".formatted(key));
            } else if (value.length() > 63 || !LABEL_VALUE.matcher(value).matches()) {
                add(
                        field,
                        "label %s is \"%s\"; it must have at most 63 letters, digits, '-', '_', '.' and begin and end with a letter or digit"
                                .formatted(key, value));
            }
        });
    }

    void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}

package io.healthchecker.core.service;

import io.healthchecker.core.schedule.Cron;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HeartbeatProbe;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.WebsocketProbe;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold of a definition before it is stored: the bounds on its records, and the rules between fields. */
public final class DefinitionRules {
    /** Longest name of a service, in characters. */
    public static final int MAX_NAME = 200;

    private static final Pattern GRPC_NAMES = Pattern.compile("(?i)content-type|user-agent|grpc-.*");
    private static final Pattern WEBSOCKET_NAMES = Pattern.compile("(?i)sec-websocket-.*");
    private static final String KINDS = "http, tcp, tls, dns, icmp, grpc, websocket, heartbeat";
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?");
    private static final Pattern LABEL_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern LABEL_PREFIX =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private final FieldRules fields;

    private DefinitionRules(FieldRules fields) {
        this.fields = fields;
    }

    /**
     * Everything that is wrong with a definition; empty if it may be stored.
     *
     * @param source who owns it: Secrets are in Kubernetes alone
     */
    public static List<Violation> violations(Definition definition, Source source) {
        FieldRules fields = new FieldRules(source);
        DefinitionRules rules = new DefinitionRules(fields);
        fields.addAll(Bounds.violations(definition));
        rules.exactlyOneProbe(definition);
        rules.timing(definition);
        if (definition.http() != null) {
            new HttpRules(fields).probe(definition.http());
        }
        new SocketRules(fields).judge(definition);
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
        fields.addAll(ExpressionRules.violations(definition));
        return fields.violations();
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
            fields.add(set.isEmpty() ? "http" : set.get(1), "set exactly one of %s; found %s".formatted(KINDS, found));
        }
    }

    private void timing(Definition definition) {
        Integer timeout = definition.timeoutSeconds();
        if (timeout != null && 1_000L * timeout >= definition.periodMillis()) {
            fields.add(
                    "timeoutSeconds",
                    "timeoutSeconds is %d; it must be below periodSeconds (%d)"
                            .formatted(timeout, definition.periodMillis() / 1_000));
        }
        Integer degraded = definition.degradedAfterMillis();
        if (degraded != null && degraded >= definition.timeoutMillis()) {
            fields.add(
                    "degradedAfterMillis",
                    "degradedAfterMillis is %d; it must be below timeoutSeconds (%d ms)"
                            .formatted(degraded, definition.timeoutMillis()));
        }
    }

    private void grpc(GrpcProbe probe) {
        fields.host("grpc.host", probe.host());
        fields.host("grpc.serverName", probe.serverName());
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
                .judge(fields);
        fields.headers("grpc.metadata", probe.metadata());
        ownNames("grpc.metadata", probe.metadata(), GRPC_NAMES);
    }

    private void websocket(WebsocketProbe probe) {
        boolean tls = fields.url("websocket.url", probe.url(), HttpUrl::parseWebsocket);
        fields.headers("websocket.headers", probe.headers());
        ownNames("websocket.headers", probe.headers(), WEBSOCKET_NAMES);
        fields.expression("websocket.messageMatches", probe.messageMatches());
        fields.host("websocket.serverName", probe.serverName());
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
                .judge(fields);
    }

    private void needsWss(String field, @Nullable Object value, boolean tls) {
        if (value != null && !tls) {
            fields.add(
                    "websocket." + field, "websocket.%s needs a wss url; change the url or remove it".formatted(field));
        }
    }

    private void ownNames(String field, @Nullable List<HttpHeader> headers, Pattern own) {
        for (int i = 0; headers != null && i < headers.size(); i++) {
            String name = headers.get(i) == null ? null : headers.get(i).name();
            if (name != null && own.matcher(name).matches()) {
                fields.add(
                        "%s[%d].name".formatted(field, i),
                        "%s[%d].name is \"%s\"; that header is set by the probe, remove it".formatted(field, i, name));
            }
        }
    }

    private void needsTls(String kind, String field, @Nullable Object value, boolean tls) {
        if (value != null && !tls) {
            fields.add(
                    kind + "." + field,
                    "%1$s.%2$s needs TLS: set %1$s.tls to true or remove it".formatted(kind, field));
        }
    }

    private void heartbeat(HeartbeatProbe probe) {
        if (probe.timeZone() != null && probe.cron() == null) {
            fields.add("heartbeat.timeZone", "heartbeat.timeZone needs heartbeat.cron; write cron or remove timeZone");
        } else if (probe.timeZone() != null && !isZone(probe.timeZone())) {
            fields.add(
                    "heartbeat.timeZone",
                    "heartbeat.timeZone is %s; it must be a time zone such as Europe/Berlin"
                            .formatted(Bounds.shown("heartbeat.timeZone", probe.timeZone())));
        }
        if (probe.cron() != null) {
            try {
                Cron.parse(probe.cron());
            } catch (IllegalArgumentException e) {
                fields.add(
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

    private void labels(Map<String, String> labels) {
        labels.forEach((key, value) -> {
            String field = "labels." + key;
            int slash = key.indexOf('/');
            String name = key.substring(slash + 1);
            boolean prefixed = slash < 0
                    || (slash <= 253
                            && LABEL_PREFIX.matcher(key.substring(0, slash)).matches());
            if (!prefixed || name.length() > 63 || !LABEL_NAME.matcher(name).matches()) {
                fields.add(
                        field,
                        "label key \"%s\" is not valid; use letters, digits, '-', '_', '.', with an optional DNS prefix and '/'"
                                .formatted(key));
            }
            if (value == null) {
                fields.add(field, "label %s is null; give it a value or remove it".formatted(key));
            } else if (value.length() > 63 || !LABEL_VALUE.matcher(value).matches()) {
                fields.add(
                        field,
                        "label %s is \"%s\"; it must have at most 63 letters, digits, '-', '_', '.' and begin and end with a letter or digit"
                                .formatted(key, value));
            }
        });
    }
}

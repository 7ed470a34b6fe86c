package io.healthchecker.core.service;

import com.google.re2j.Pattern;
import io.healthchecker.core.assertion.BoundedPattern;
import io.healthchecker.core.assertion.Template;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TcpStep;
import io.healthchecker.crds.probe.TlsProbe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules between the fields of those kinds that speak below HTTP. */
final class SocketRules {
    private final List<Violation> violations = new ArrayList<>();

    private SocketRules() {}

    static List<Violation> violations(Definition definition) {
        SocketRules rules = new SocketRules();
        if (definition.tcp() != null) {
            rules.tcp(definition.tcp());
        }
        if (definition.tls() != null) {
            rules.tls(definition.tls());
        }
        return rules.violations;
    }

    private void tcp(TcpProbe probe) {
        host("tcp.host", probe.host());
        host("tcp.serverName", probe.serverName());
        boolean tls = Boolean.TRUE.equals(probe.tls()) || probe.startTls() != null;
        if (probe.serverName() != null && !tls) {
            add("tcp.serverName", "tcp.serverName needs TLS: set tcp.tls to true or remove it");
        }
        if (probe.certificateExpiresInDays() != null && !tls) {
            add(
                    "tcp.certificateExpiresInDays",
                    "tcp.certificateExpiresInDays needs TLS: set tcp.tls to true or remove it");
        }
        if (probe.startTls() != null && Boolean.TRUE.equals(probe.tls())) {
            add(
                    "tcp.startTls",
                    "tcp.startTls encrypts a connection that begins without TLS: remove tcp.startTls, or tcp.tls");
        }
        steps(probe.steps());
    }

    private void steps(@Nullable List<TcpStep> steps) {
        Set<String> captured = new HashSet<>();
        for (int i = 0; steps != null && i < steps.size(); i++) {
            TcpStep step = steps.get(i);
            if (step != null) {
                step("tcp.steps[%d]".formatted(i), step, captured);
            }
        }
    }

    private void step(String field, TcpStep step, Set<String> captured) {
        one(field, "expect, send and sendHex", step.expect(), step.send(), step.sendHex());
        if (step.expect() != null) {
            Pattern pattern = expression(field + ".expect", step.expect());
            if (pattern != null) {
                for (int group = 0; group <= pattern.groupCount(); group++) {
                    captured.add(Integer.toString(group));
                }
                captured.addAll(pattern.namedGroups().keySet());
            }
        }
        if (step.send() != null) {
            for (String name : new Template(step.send()).names()) {
                if (!captured.contains(name)) {
                    add(
                            field + ".send",
                            "%s.send has ${%s}; no expect before it has such a group, write $${%s} for the text itself"
                                    .formatted(field, name, name));
                }
            }
        }
    }

    private void tls(TlsProbe probe) {
        host("tls.host", probe.host());
        host("tls.serverName", probe.serverName());
    }

    private void one(String field, String of, @Nullable String... values) {
        int set = 0;
        for (String value : values) {
            set += value == null ? 0 : 1;
        }
        if (set != 1) {
            add(field, "%s has %s; set exactly one of %s".formatted(field, set == 0 ? "none" : "several", of));
        }
    }

    private @Nullable Pattern expression(String field, String expression) {
        try {
            return BoundedPattern.compile(field, expression);
        } catch (IllegalArgumentException e) {
            add(field, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void host(String field, @Nullable String host) {
        if (host == null) {
            return;
        }
        try {
            HttpUrl.host(host);
        } catch (IllegalArgumentException e) {
            add(field, "%s is %s; it must be a host name or an IP address".formatted(field, Bounds.shown(field, host)));
        }
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}

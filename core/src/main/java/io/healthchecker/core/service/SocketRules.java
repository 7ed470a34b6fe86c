package io.healthchecker.core.service;

import com.google.re2j.Pattern;
import io.healthchecker.core.assertion.Template;
import io.healthchecker.core.egress.AddressRange;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.DnsRule;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TcpStep;
import io.healthchecker.crds.probe.TlsProbe;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules between the fields of those kinds that speak below HTTP. */
final class SocketRules {
    private final FieldRules fields;

    SocketRules(FieldRules fields) {
        this.fields = fields;
    }

    void judge(Definition definition) {
        if (definition.tcp() != null) {
            tcp(definition.tcp());
        }
        if (definition.tls() != null) {
            tls(definition.tls());
        }
        if (definition.dns() != null) {
            dns(definition.dns());
        }
        if (definition.icmp() != null) {
            icmp(definition.icmp());
        }
    }

    private void tcp(TcpProbe probe) {
        fields.host("tcp.host", probe.host());
        fields.host("tcp.serverName", probe.serverName());
        boolean tls = Boolean.TRUE.equals(probe.tls()) || probe.startTls() != null;
        if (probe.serverName() != null && !tls) {
            fields.add("tcp.serverName", "tcp.serverName needs TLS: set tcp.tls to true or remove it");
        }
        if (probe.certificateExpiresInDays() != null && !tls) {
            fields.add(
                    "tcp.certificateExpiresInDays",
                    "tcp.certificateExpiresInDays needs TLS: set tcp.tls to true or remove it");
        }
        if (probe.startTls() != null && Boolean.TRUE.equals(probe.tls())) {
            fields.add(
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
            Pattern pattern = fields.expression(field + ".expect", step.expect());
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
                    fields.add(
                            field + ".send",
                            "%s.send has ${%s}; no expect before it has such a group, write $${%s} for the text itself"
                                    .formatted(field, name, name));
                }
            }
        }
    }

    private void tls(TlsProbe probe) {
        fields.host("tls.host", probe.host());
        fields.host("tls.serverName", probe.serverName());
    }

    private void dns(DnsProbe probe) {
        if (probe.name() != null) {
            try {
                DnsName.of(probe.name());
            } catch (IllegalArgumentException e) {
                fields.add(
                        "dns.name",
                        "dns.name is %s; %s".formatted(Bounds.shown("dns.name", probe.name()), e.getMessage()));
            }
        }
        if (probe.type() != null
                && probe.type().matches("TYPE[0-9]{5}")
                && probe.type().compareTo("TYPE65535") > 0) {
            fields.add("dns.type", "dns.type is \"%s\"; types go up to TYPE65535".formatted(probe.type()));
        }
        fields.host("dns.server", probe.server());
        fields.host("dns.serverName", probe.serverName());
        boolean https = "HTTPS".equals(probe.transport());
        boolean tls = https || "TLS".equals(probe.transport());
        if (tls && probe.server() == null) {
            fields.add("dns.transport", "dns.server is needed with TLS and HTTPS: name one, or remove dns.transport");
        }
        if (probe.path() != null && !https) {
            fields.add("dns.path", "dns.path needs HTTPS: set dns.transport to HTTPS or remove it");
        }
        if (probe.serverName() != null && !tls) {
            fields.add("dns.serverName", "dns.serverName needs TLS: set dns.transport to TLS or HTTPS, or remove it");
        }
        boolean judged = probe.expectedAnswers() != null || probe.answerRules() != null;
        if (judged && probe.expectedRcode() != null && !probe.expectedRcode().equals("NOERROR")) {
            fields.add(
                    "dns.expectedRcode",
                    "answers come with NOERROR only: remove dns.expectedRcode, or what is expected of the answers");
        }
        List<DnsRule> rules = probe.answerRules();
        for (int i = 0; rules != null && i < rules.size(); i++) {
            if (rules.get(i) != null) {
                rule("dns.answerRules[%d]".formatted(i), rules.get(i), probe.type());
            }
        }
    }

    private void rule(String field, DnsRule rule, @Nullable String type) {
        one(field, "equalTo, matches and within", rule.equalTo(), rule.matches(), rule.within());
        if (rule.matches() != null) {
            fields.expression(field + ".matches", rule.matches());
        }
        if (rule.within() != null) {
            try {
                AddressRange.parse(rule.within());
            } catch (IllegalArgumentException e) {
                fields.add(
                        field + ".within", "%s.within is \"%s\"; %s".formatted(field, rule.within(), e.getMessage()));
            }
            if (type != null && !type.equals("A") && !type.equals("AAAA")) {
                fields.add(field + ".within", "%s.within needs addresses: set dns.type to A or AAAA".formatted(field));
            }
        }
    }

    private void icmp(IcmpProbe probe) {
        fields.host("icmp.host", probe.host());
        int count = probe.count() == null ? 1 : probe.count();
        if (probe.lossAllowed() != null && probe.lossAllowed() >= count) {
            fields.add(
                    "icmp.lossAllowed",
                    "icmp.lossAllowed is %d; it must be below icmp.count (%d)".formatted(probe.lossAllowed(), count));
        }
        if (probe.lossAllowed() != null && probe.lossPercentAllowed() != null) {
            fields.add(
                    "icmp.lossPercentAllowed",
                    "icmp.lossAllowed and icmp.lossPercentAllowed say the same in two ways: remove one of them");
        }
    }

    private void one(String field, String of, @Nullable String... values) {
        int set = 0;
        for (String value : values) {
            set += value == null ? 0 : 1;
        }
        if (set != 1) {
            fields.add(field, "%s has %s; set exactly one of %s".formatted(field, set == 0 ? "none" : "several", of));
        }
    }
}

package io.healthchecker.standalone.once;

import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.assertion.Certificate;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.StepResult;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How results are told. */
public enum Output {
    /** For people: a line each, and where there is only one all that is known of it. */
    TABLE {
        @Override
        public void print(List<Checked> checked, PrintWriter out) {
            int width = checked.stream()
                    .mapToInt(each -> each.wanted().name().length())
                    .max()
                    .orElse(0);
            String format = "%-" + Math.clamp(width, 4, 60) + "s  %-8s  %9s  %s";
            out.println(format.formatted("NAME", "OUTCOME", "LATENCY", "WHY").stripTrailing());
            for (Checked each : checked) {
                out.println(format.formatted(
                                printable(each.wanted().name()),
                                each.result().outcome(),
                                "%.1f ms".formatted(each.result().latencyMicros() / 1_000.0),
                                printable(each.why()))
                        .stripTrailing());
            }
            if (checked.size() == 1) {
                Details.print(checked.getFirst(), out);
            }
        }
    },
    /** For programs: an array with an object each. */
    JSON {
        @Override
        public void print(List<Checked> checked, PrintWriter out) {
            var mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            out.println(mapper.writeValueAsString(
                    checked.stream().map(Output::fields).toList()));
        }
    },
    /** For build servers: a test suite in the XML of JUnit, with a test case each. */
    JUNIT {
        @Override
        public void print(List<Checked> checked, PrintWriter out) {
            JunitXml.print(checked, out);
        }
    };

    public abstract void print(List<Checked> checked, PrintWriter out);

    /** Text from a hostile target, harmless on a terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    private static Map<String, Object> fields(Checked checked) {
        CheckResult result = checked.result();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", checked.wanted().name());
        fields.put("target", checked.wanted().target());
        fields.put("outcome", result.outcome());
        fields.put("reason", result.reason());
        fields.put("explanation", result.reason().explanation());
        if (result.detail() != null) {
            fields.put("detail", result.detail());
        }
        if (result.httpStatus() != 0) {
            fields.put("httpStatus", result.httpStatus());
        }
        fields.put("latencyMicros", result.latencyMicros());
        fields.put("phases", phases(result.phases()));
        Facts facts = checked.examined().facts();
        if (facts.ip() != null) {
            fields.put("ip", facts.ip());
        }
        if (facts.certificate() != null) {
            fields.put("certificate", certificate(facts.certificate()));
        }
        fields.put(
                "assertions",
                checked.examined().assertions().stream().map(Output::assertion).toList());
        if (!checked.examined().steps().isEmpty()) {
            fields.put(
                    "steps",
                    checked.examined().steps().stream().map(Output::step).toList());
        }
        return fields;
    }

    private static Map<String, Object> step(StepResult step) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", step.name());
        fields.put("passed", step.failure() == null);
        if (step.failure() != null) {
            fields.put("failure", step.failure());
        }
        if (step.status() != 0) {
            fields.put("httpStatus", step.status());
        }
        fields.put("phases", phases(step.phases()));
        fields.put(
                "assertions", step.assertions().stream().map(Output::assertion).toList());
        return fields;
    }

    private static Map<String, Object> assertion(Assertions.Row row) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("expression", row.source());
        fields.put("explained", row.explained());
        fields.put("passed", row.passed());
        if (row.message() != null) {
            fields.put("message", row.message());
        }
        return fields;
    }

    private static Map<String, Object> certificate(Certificate certificate) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("subject", certificate.subject());
        fields.put("issuer", certificate.issuer());
        fields.put("names", certificate.names());
        fields.put("notBefore", certificate.notBefore().toString());
        fields.put("notAfter", certificate.notAfter().toString());
        fields.put("fingerprint", certificate.fingerprint());
        fields.put("protocol", certificate.protocol());
        return fields;
    }

    private static Map<String, Integer> phases(PhaseTimes times) {
        var phases = new LinkedHashMap<String, Integer>();
        phases.put("dnsMicros", times.dnsMicros());
        phases.put("connectMicros", times.connectMicros());
        phases.put("tlsMicros", times.tlsMicros());
        phases.put("firstByteMicros", times.firstByteMicros());
        phases.put("transferMicros", times.transferMicros());
        phases.values().removeIf(micros -> micros == PhaseTimes.NONE);
        return phases;
    }
}

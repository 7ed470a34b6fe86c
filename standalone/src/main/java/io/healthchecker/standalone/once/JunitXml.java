package io.healthchecker.standalone.once;

import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.check.StepResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Results as JUnit's XML: what is down has failed, what we could not tell is an error of ours. Behind the test case of a
 * check stands one for each of its steps and assertions, so that a build server names what was not true.
 */
final class JunitXml {
    private JunitXml() {}

    /**
     * One test case.
     *
     * @param trouble null where all is well
     */
    private record Case(
            String className,
            String name,
            long micros,
            @Nullable Trouble trouble) {}

    private record Trouble(boolean ours, String type, String message) {}

    static void print(List<Checked> checked, PrintWriter out) {
        List<Case> cases =
                checked.stream().map(JunitXml::cases).flatMap(List::stream).toList();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "Health Checker");
            xml.writeAttribute("tests", Integer.toString(cases.size()));
            xml.writeAttribute("failures", Long.toString(count(cases, false)));
            xml.writeAttribute("errors", Long.toString(count(cases, true)));
            for (Case each : cases) {
                write(each, xml);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
            out.println();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long count(List<Case> cases, boolean ours) {
        return cases.stream()
                .map(Case::trouble)
                .filter(trouble -> trouble != null && trouble.ours == ours)
                .count();
    }

    private static List<Case> cases(Checked checked) {
        CheckResult result = checked.result();
        String name = checked.wanted().name();
        boolean ours = result.outcome() == Outcome.UNKNOWN;
        List<Case> cases = new ArrayList<>();
        Trouble trouble =
                checked.isUp() ? null : new Trouble(ours, result.reason().name(), checked.why());
        cases.add(new Case("check", name, result.latencyMicros(), trouble));
        for (StepResult step : checked.examined().steps()) {
            Trouble failed = step.failure() == null
                    ? null
                    : new Trouble(ours, result.reason().name(), step.failure());
            cases.add(new Case(name, "step " + step.name(), micros(step.phases()), failed));
            step.assertions().forEach(row -> cases.add(row(name + ", step " + step.name(), row)));
        }
        checked.examined().assertions().forEach(row -> cases.add(row(name, row)));
        return cases;
    }

    private static Case row(String className, Assertions.Row row) {
        String message = row.message() == null ? row.explained() : row.message() + ": " + row.explained();
        return new Case(
                className,
                row.source(),
                0,
                row.passed() ? null : new Trouble(false, Reason.ASSERTION_FAILED.name(), message));
    }

    private static long micros(PhaseTimes phases) {
        return IntStream.of(
                        phases.dnsMicros(),
                        phases.connectMicros(),
                        phases.tlsMicros(),
                        phases.firstByteMicros(),
                        phases.transferMicros())
                .filter(micros -> micros != PhaseTimes.NONE)
                .asLongStream()
                .sum();
    }

    private static void write(Case one, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", text(one.className));
        xml.writeAttribute("name", text(one.name));
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.6f", one.micros / 1_000_000.0));
        if (one.trouble != null) {
            xml.writeStartElement(one.trouble.ours ? "error" : "failure");
            xml.writeAttribute("type", one.trouble.type);
            xml.writeAttribute("message", text(one.trouble.message));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML has no word for most control characters, not even an escaped one. */
    private static String text(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}

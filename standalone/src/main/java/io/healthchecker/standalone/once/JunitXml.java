package io.healthchecker.standalone.once;

import io.healthchecker.core.check.Outcome;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results as JUnit's XML: what is down has failed, what we could not tell is an error of ours. */
final class JunitXml {
    private JunitXml() {}

    static void print(List<Checked> checked, PrintWriter out) {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "Health Checker");
            xml.writeAttribute("tests", Integer.toString(checked.size()));
            xml.writeAttribute("failures", Long.toString(count(checked, Outcome.DOWN)));
            xml.writeAttribute("errors", Long.toString(count(checked, Outcome.UNKNOWN)));
            for (Checked each : checked) {
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

    private static long count(List<Checked> checked, Outcome outcome) {
        return checked.stream()
                .filter(each -> each.result().outcome() == outcome)
                .count();
    }

    private static void write(Checked checked, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "check");
        xml.writeAttribute("name", text(checked.wanted().name()));
        xml.writeAttribute(
                "time", String.format(Locale.ROOT, "%.6f", checked.result().latencyMicros() / 1_000_000.0));
        if (!checked.isUp()) {
            xml.writeStartElement(checked.result().outcome() == Outcome.DOWN ? "failure" : "error");
            xml.writeAttribute("type", checked.result().reason().name());
            xml.writeAttribute("message", text(checked.why()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML has no word for most control characters, not even an escaped one. */
    private static String text(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}

package io.healthchecker.core.service;

import io.healthchecker.core.service.Findings.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The documents of a YAML stream as text, each on its own, so that one that is broken does not hide the others. */
final class YamlText {
    private static final int MAX_DOCUMENTS = 10_000;

    // the end of a line in YAML 1.1, a character like others in 1.2: nobody can tell what is meant
    private static final int NEXT_LINE = 0x85;

    // by the YAML specification no scalar can contain such a line
    private static final Pattern BOUNDARY = Pattern.compile("---(\\s.*)?");
    private static final Pattern EMPTY = Pattern.compile("(---|\\.\\.\\.)?\\s*(#.*)?");
    private static final Pattern DIRECTIVE = Pattern.compile("%.*");

    /** One document; {@code firstLine} counts from 0. */
    record Part(String text, int firstLine) {}

    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private int firstLine;
    private boolean content;
    private boolean directives;

    private YamlText() {}

    /** The documents that are not empty; none if the stream cannot be read as text at all. */
    static List<Part> documents(byte[] stream, Findings findings) {
        String text = decode(stream, findings);
        if (!printable(text, findings)) {
            return List.of();
        }
        YamlText documents = new YamlText();
        documents.split(text);
        if (documents.parts.size() > MAX_DOCUMENTS) {
            findings.add(
                    Place.START,
                    "",
                    "the file has %d documents; it must have at most %d, split it"
                            .formatted(documents.parts.size(), MAX_DOCUMENTS));
            return List.of();
        }
        return documents.parts;
    }

    private void split(String text) {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            // a directive belongs to the document that begins after it
            if (BOUNDARY.matcher(line).matches() && (content || !directives)) {
                close(number);
            }
            content |=
                    !EMPTY.matcher(line).matches() && !DIRECTIVE.matcher(line).matches();
            directives |= DIRECTIVE.matcher(line).matches();
            open.append(line).append('\n');
            number++;
        }
        open.setLength(open.length() - 1); // the last line has no end
        close(number);
    }

    private void close(int nextLine) {
        if (content) {
            parts.add(new Part(open.toString(), firstLine));
        }
        open.setLength(0);
        firstLine = nextLine;
        content = false;
        directives = false;
    }

    private static String decode(byte[] stream, Findings findings) {
        ByteBuffer bytes = ByteBuffer.wrap(stream);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
            String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return bare.replace("\r\n", "\n").replace('\r', '\n');
        } catch (CharacterCodingException e) {
            String before = new String(stream, 0, bytes.position(), StandardCharsets.UTF_8);
            findings.add(end(before), "", "the file is not UTF-8 from here on; save it as UTF-8");
            return "";
        }
    }

    private static boolean printable(String text, Findings findings) {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (!StreamReader.isPrintable(c) || c == NEXT_LINE) {
                findings.add(
                        end(text.substring(0, at)),
                        "",
                        "the file contains the character U+%1$04X; remove it, or write it as \"\\u%1$04X\" in quotes"
                                .formatted(c));
                return false;
            }
            at += Character.charCount(c);
        }
        return true;
    }

    private static Place end(String text) {
        int line = (int) text.chars().filter(c -> c == '\n').count();
        return new Place(line + 1, text.length() - text.lastIndexOf('\n'));
    }
}

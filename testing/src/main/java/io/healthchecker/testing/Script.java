package io.healthchecker.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link StubServer} does, in a line: {@code "220 a\r\n"} is sent, {@code <} reads a line, {@code <8} eight bytes,
 * {@code <*} what has come by now, at least a byte, {@code 50ms} waits, {@code tls} encrypts from there on, {@code reset}
 * cuts, {@code hang} stays silent until the peer closes. Bytes are written {@code \x00}. After the last the connection is
 * closed.
 */
public final class Script implements StubServer.Script {
    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|\\S+");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(r|n|t|q|x([0-9a-fA-F]{2}))");

    private final List<String> steps;
    private final @Nullable SSLContext tls;

    /** With what to encrypt, null if it never does. */
    public Script(String steps, @Nullable SSLContext tls) {
        this.steps = TOKEN.matcher(steps).results().map(MatchResult::group).toList();
        this.tls = tls;
    }

    /** A text with its escapes made characters; {@code \q} is a quotation mark. */
    public static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "r" -> "\r";
                            case "n" -> "\n";
                            case "t" -> "\t";
                            case "q" -> "\"";
                            default -> String.valueOf((char) Integer.parseInt(found.group(2), 16));
                        }));
    }

    @Override
    public void serve(StubServer.Connection connection) throws IOException {
        for (String step : new ArrayList<>(steps)) {
            if (step.startsWith("\"")) {
                connection.send(unescaped(step.substring(1, step.length() - 1)));
            } else if (step.equals("<")) {
                connection.line();
            } else if (step.equals("<*")) {
                connection.some();
            } else if (step.startsWith("<")) {
                connection.bytes(Integer.parseInt(step.substring(1)));
            } else if (step.endsWith("ms")) {
                connection.pause(Long.parseLong(step.substring(0, step.length() - 2)));
            } else if (step.equals("tls") && tls != null) {
                connection.encrypt(tls);
            } else if (step.equals("reset")) {
                connection.reset();
            } else if (step.equals("hang")) {
                connection.hang();
            } else {
                throw new IllegalArgumentException(step + " is no step of a script");
            }
        }
    }
}

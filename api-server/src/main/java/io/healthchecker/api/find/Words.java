package io.healthchecker.api.find;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a search: parted by blanks, a phrase in quotation marks is one, a leading minus means not. */
final class Words {
    /** The kinds of probes, as fields of a definition. */
    static final List<String> PROBES = List.of("http", "tcp", "tls", "dns", "icmp", "grpc", "websocket", "heartbeat");

    private static final Pattern WORD = Pattern.compile("(-?)(?:\"([^\"]*)\"?|([^\\s\"]+))");

    private Words() {}

    record Word(String text, boolean unwanted) {}

    static List<Word> of(String text) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String phrase = matcher.group(2);
            String word = phrase == null ? matcher.group(3) : phrase;
            boolean unwanted = !matcher.group(1).isEmpty();
            if (!word.isBlank()) {
                words.add(new Word(word, unwanted));
            }
        }
        return words;
    }
}

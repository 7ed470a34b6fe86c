package io.healthchecker.worker.dial;

import io.healthchecker.core.assertion.Certificate;
import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.check.Reason;
import io.netty.channel.Channel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said on connections, line by line, for a person who looks on: what we say behind {@code >}, what we hear behind
 * {@code <}. Secrets are blotted out: those that are named, what headers, parameters, commands and JSON call by such a
 * name, and what was once blotted out so, wherever it comes again.
 */
public final class Conversation {
    private static final int MAX_LINE = 500;
    private static final int BLOTTED = 4; // shorter ones are in every text
    private static final int LEARNED = 6; // a word that is only believed to be a secret must be no common one
    private static final int MOST = 1_000;
    private static final String NAMES =
            "[a-z0-9_-]*(?:password|passwd|secret|token|api[_-]?key|credential|session)[a-z0-9_-]*";
    private static final Pattern HEADER =
            Pattern.compile("(?i)^(?:(?:proxy-)?authorization|cookie|set-cookie|" + NAMES + "):\\s*(?<value>.+)$");
    private static final Pattern PARAMETER = Pattern.compile("(?i)(?:^|[?&])" + NAMES + "=(?<value>[^&\\s]+)");
    private static final Pattern MEMBER = Pattern.compile(
            "(?i)\"" + NAMES + "\"\\s*:\\s*(?<value>\"(?:[^\"\\\\]|\\\\.)*\"?|\\[[^\\]]*]?|[^,{}\\[\\]\\s]+)");
    // of POP3, IMAP, SMTP, FTP, Redis
    private static final Pattern COMMAND = Pattern.compile(
            "(?i)^(?:\\S{1,16} )?(?:PASS|LOGIN \\S+|AUTH(?:ENTICATE)?(?: (?:PLAIN|LOGIN|XOAUTH2|\\S+(?= )))?) (?<value>.+)$");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._~+/=%-]{" + LEARNED + ",}");

    private final Consumer<String> lines;
    private final List<String> secrets;

    /**
     * Tells what is said, from the threads of lanes.
     *
     * @param secrets texts that are never shown, beside what looks like one
     */
    public Conversation(Consumer<String> lines, Collection<String> secrets) {
        this.lines = lines;
        this.secrets = new CopyOnWriteArrayList<>(
                secrets.stream().filter(secret -> secret.length() >= BLOTTED).toList());
    }

    /** A caller whose connection is listened to. */
    Caller overheard(Target target, Caller caller) {
        tell("* dialling %s:%d%s".formatted(target.host(), target.port(), target.tls() == null ? "" : " with TLS"));
        return new Caller() {
            @Override
            public void connected(Channel channel) {
                Facts facts = Connection.facts(channel, true);
                tell("* connected to " + facts.ip());
                Certificate certificate = facts.certificate();
                if (certificate != null) {
                    tell("* %s, certificate of %s until %s, by %s"
                            .formatted(
                                    certificate.protocol(),
                                    String.join(", ", certificate.names()),
                                    certificate.notAfter(),
                                    certificate.issuer()));
                }
                listen(channel);
                caller.connected(channel);
            }

            @Override
            public void failed(Reason reason, String detail) {
                tell("* %s: %s".formatted(reason, detail));
                caller.failed(reason, detail);
            }

            @Override
            public void unable(String detail) {
                tell("* " + detail);
                caller.unable(detail);
            }
        };
    }

    /** Listens to a connection from now on, unless it does already. */
    void listen(Channel channel) {
        if (channel.pipeline().get(Tap.class) == null) {
            channel.pipeline().addLast(new Tap(this::tell));
        }
    }

    /** Hears no more of a connection: what follows is a handshake of TLS. */
    void leave(Channel channel) {
        Tap tap = channel.pipeline().get(Tap.class);
        if (tap != null) {
            tap.pause();
            channel.pipeline().remove(tap);
        }
    }

    /** Tells a line. */
    void tell(String line) {
        lines.accept(blotted(line));
    }

    /** A line without what may be a secret. */
    String blotted(String line) {
        int text = line.startsWith("> ") || line.startsWith("< ") ? 2 : 0;
        String bare = line.substring(text);
        if (text > 0) {
            bare = without(HEADER, bare);
        }
        if (line.startsWith("> ")) {
            bare = without(COMMAND, bare);
        }
        bare = without(MEMBER, without(PARAMETER, bare));
        for (String secret : secrets) {
            bare = bare.replace(secret, "***");
        }
        return line.substring(0, text) + Excerpt.of(bare, MAX_LINE);
    }

    private String without(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(this::withoutValue);
    }

    private String withoutValue(MatchResult found) {
        String value = found.group("value");
        boolean cookie = found.group().regionMatches(true, 0, "set-cookie", 0, 10);
        learn(cookie ? value.split(";", 2)[0] : value); // what follows says how long and where
        String whole = found.group();
        int at = found.start("value") - found.start();
        return Matcher.quoteReplacement(whole.substring(0, at) + "***" + whole.substring(at + value.length()));
    }

    // it may come back as a part of an address, a header, or an answer
    private void learn(String value) {
        WORD.matcher(value).results().map(MatchResult::group).forEach(word -> {
            learnWord(word);
            learnWord(word.substring(word.indexOf('=') + 1)); // name=value of a cookie
            learnWord(URLEncoder.encode(word, StandardCharsets.UTF_8));
        });
    }

    private void learnWord(String word) {
        boolean common = word.length() < LEARNED || word.equalsIgnoreCase("bearer");
        if (!common && secrets.size() < MOST && !secrets.contains(word)) {
            secrets.add(word);
        }
    }
}

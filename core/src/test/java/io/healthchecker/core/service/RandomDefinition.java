package io.healthchecker.core.service;

import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.Assertion;
import io.healthchecker.crds.probe.HeaderExpectation;
import io.healthchecker.crds.probe.HttpAuthentication;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.SecretText;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TcpStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Definitions that are right, with texts that are awkward to write down. */
final class RandomDefinition {
    private static final String[] AWKWARD = {
        "a",
        "null",
        "~",
        "true",
        "404",
        "1e3",
        "- ",
        ": ",
        " #",
        "\n",
        "\n---\n",
        "\t",
        "'",
        "\"",
        "\\",
        "%",
        "@",
        "*a",
        "&a",
        "!a",
        "{",
        "]",
        "|",
        ">",
        "<<",
        " ",
        "\u0001",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "é",
        "\uD83D\uDE00",
        "\r\n"
    };

    private final Random random;

    RandomDefinition(long seed) {
        this.random = new Random(seed);
    }

    String name() {
        return "x"
                + text(0, 40)
                        .codePoints()
                        .filter(c -> !Character.isISOControl(c))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    }

    Definition definition() {
        boolean http = random.nextBoolean();
        Integer period = maybe(() -> between(2, 86_400));
        return Definition.of(http ? http() : tcp()).with(draft -> {
            draft.periodSeconds = period;
            draft.timeoutSeconds = maybe(() -> between(1, Math.min(60, (period == null ? 60 : period) - 1)));
            draft.failureThreshold = maybe(() -> between(1, 10));
            draft.successThreshold = maybe(() -> between(1, 10));
            draft.confirmAfterSeconds = maybe(() -> between(1, 60));
            draft.degradedAfterMillis = maybe(() -> between(1, 799));
            draft.assertions = maybe(() -> list(() -> new Assertion(
                    "ip != \"a: # 'b' \\\\\" ||\n  latencyMillis < %d".formatted(between(0, 9)),
                    maybe(() -> text(1, 20)))));
            draft.degradedWhen = maybe(() -> List.of("latencyMillis > 300"));
            draft.suspend = maybe(random::nextBoolean);
            draft.labels = maybe(this::labels);
        });
    }

    private HttpProbe http() {
        String body = maybe(() -> text(0, 200));
        String url = (random.nextBoolean() ? "https://" : "HTTPS://MÜNCHEN.test:81/") + "x/?"
                + text(0, 20).replace("#", "");
        return HttpProbe.get(url).with(draft -> {
            draft.method = body != null ? "POST" : maybe(() -> "HEAD");
            draft.headers =
                    maybe(() -> list(() -> HttpHeader.of("X-A", text(0, 20).replaceAll("[\\r\\n]", ""))));
            draft.body = body;
            draft.expectedStatus = maybe(() -> List.of("200", "300-399"));
            draft.expectedHeaders = maybe(() -> list(() -> new HeaderExpectation("b", maybe(() -> text(0, 20)))));
            draft.bodyContains = maybe(() -> text(1, 50));
            draft.bodyMatches = maybe(() -> "a+b");
            draft.maxRedirects = maybe(() -> between(0, 10));
            draft.certificateExpiresInDays = maybe(() -> between(1, 3_650));
            draft.tlsVerification = maybe(() -> "None");
            draft.redirects = maybe(() -> "SameHost");
            draft.httpVersion = maybe(() -> "Negotiated");
            draft.ipFamily = maybe(() -> "PreferIPv6");
            draft.serverName = maybe(() -> "y.test");
            draft.authentication = maybe(() -> new HttpAuthentication(null, SecretText.of(text(1, 20)), null));
        });
    }

    private TcpProbe tcp() {
        boolean tls = random.nextBoolean();
        return new TcpProbe(
                random.nextBoolean() ? "::1" : "x.test",
                between(1, 65_535),
                tls ? Boolean.TRUE : maybe(() -> false),
                tls ? maybe(() -> "y.test") : null,
                tls ? maybe(() -> between(1, 3_650)) : null,
                maybe(() -> "Full"),
                null,
                maybe(() -> list(() -> random.nextBoolean() ? TcpStep.expect("^a+b") : TcpStep.send(text(1, 20)))));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        for (String key : List.of("a", "1", "true", "app.kubernetes.io/name")) {
            if (random.nextBoolean()) {
                labels.put(key, random.nextBoolean() ? "" : "1.0");
            }
        }
        return labels;
    }

    private String text(int least, int most) {
        StringBuilder text = new StringBuilder();
        int length = between(least, most);
        while (text.length() < length) {
            text.append(AWKWARD[random.nextInt(AWKWARD.length)]);
        }
        return text.toString();
    }

    private <T> List<T> list(Supplier<T> item) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(item.get());
        }
        return list;
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}

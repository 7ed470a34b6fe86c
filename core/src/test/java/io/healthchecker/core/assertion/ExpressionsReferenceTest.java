package io.healthchecker.core.assertion;

import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.crds.probe.Probe;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TcpStep;
import io.healthchecker.crds.probe.TlsProbe;
import io.healthchecker.crds.probe.WebsocketProbe;
import io.healthchecker.testing.CommittedFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about expressions is written from the code. */
class ExpressionsReferenceTest {
    private static final CommittedFile PAGE = new CommittedFile(
            Path.of("../docs/reference/expressions.md"), ExpressionsReferenceTest.class, "expressions.write");

    @Test
    void theCommittedPageIsThatOfTheCode() {
        PAGE.assertIs(page());
    }

    private static String page() {
        return """
            # Expressions

            Written from the code; mended by `%s`.

            `assertions` and `degradedWhen` of a definition are expressions in [CEL](https://cel.dev), the language of
            Kubernetes' own validation rules. They are checked when a definition is saved, compiled once, and asked of every
            answer, after what the probe's own fields expect:

            ```yaml
            assertions:
              - expression: json.db == "ok" && latencyMillis < 300
                message: the database is away
            degradedWhen:
              - json.queue.size() > 100
            ```

            An assertion that is not true is Down with the reason `ASSERTION_FAILED`, and is shown with its values:
            `json.db ("starting") == "ok"`. If all are true, but an expression of `degradedWhen` is, too, the check is Degraded.

            Each of `http.steps` may have `assertions` of its own, asked of its answer; `phases` and `latencyMillis` are then those of
            the step, and `captures` what was captured before it.

            ## Variables
            | variable | type | kinds | what it is |
            |---|---|---|---|
            %s

            ## What is not there
            | | an assertion says |
            |---|---|
            | the field is absent | `json.difference (field absent) < 5: field absent` |
            | it is null | `json.difference (null) < 5: null is not a number` |
            | it is a text | `json.difference ("3") < 5: "3" is not a number` |
            | the body is not JSON | `json.difference < 5: the body is not JSON: it is empty` |

            Each of them fails, and none is ever taken for true, even behind `!`. `has(json.cache)` asks whether a field is
            there, and `a || b` is true if one of them is, whatever is wrong with the other. An expression of `degradedWhen`
            that cannot be told counts as true, or its mistake would never be seen.

            Numbers compare as numbers, whole or not: 1 is 1.0. A text is never a number; `double(json.n) < 5` makes it one.

            ## Functions and bounds
            All of CEL's own: operators, `in`, `size`, `contains`, `startsWith`, `endsWith`, `matches` (RE2, with the pattern in
            quotes), `has`, `all`, `exists`, `exists_one`, `map`, `filter`, conversions, `timestamp` and `duration`; and of its
            extensions for texts `charAt`, `indexOf`, `lastIndexOf`, `lowerAscii`, `upperAscii`, `split`, `substring`, `trim`.
            An expression has up to 1024 characters and two loops inside each other; it is given up after 10 000 turns of its
            loops, or when it has looked at too much text. Values of cookies and captures are never shown.
            """.formatted(
                PAGE.mend(),
                Arrays.stream(Variable.values())
                        .map(variable -> "| `%s` | %s | %s | %s |"
                                .formatted(
                                        variable.text(), variable.typeName(), kinds(variable), variable.description()))
                        .collect(Collectors.joining("\n")));
    }

    private static String kinds(Variable variable) {
        Map<String, Probe> kinds = new LinkedHashMap<>();
        kinds.put("http", HttpProbe.get("https://a.test/"));
        kinds.put("http with steps", HttpProbe.get("https://a.test/").with(draft -> draft.steps = List.of()));
        kinds.put("tcp", TcpProbe.of("a.test", 1));
        kinds.put("tcp with tls", new TcpProbe("a.test", 1, true, null, null, null, null, null));
        List<TcpStep> steps = List.of(TcpStep.expect("a"));
        kinds.put("tcp with steps", new TcpProbe("a.test", 1, null, null, null, null, null, steps));
        kinds.put("dns", DnsProbe.of("a.test", null, null, null));
        kinds.put("icmp", IcmpProbe.of("a.test"));
        kinds.put("tls", TlsProbe.of("a.test", null));
        kinds.put("grpc", GrpcProbe.of("a.test", 1));
        kinds.put("grpc with tls", new GrpcProbe("a.test", 1, null, true, null, null, null, null));
        kinds.put("websocket", WebsocketProbe.of("ws://a.test/"));
        kinds.put("websocket with tls", WebsocketProbe.of("wss://a.test/"));
        Set<String> having = kinds.entrySet().stream()
                .filter(kind -> Variable.of(kind.getValue()).contains(variable))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        having.removeIf(kind -> kind.contains(" with ") && having.contains(kind.replaceFirst(" with .*", "")));
        return having.isEmpty() ? "none yet" : String.join(", ", having);
    }
}

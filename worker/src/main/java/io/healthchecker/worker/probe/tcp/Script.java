package io.healthchecker.worker.probe.tcp;

import io.healthchecker.core.assertion.Template;
import io.healthchecker.crds.probe.TcpStep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said and waited for, in order. */
record Script(List<Step> steps) {

    /** One of them. */
    sealed interface Step {
        record Expect(Expected expected) implements Step {}

        record Send(Template text) implements Step {
            byte[] bytes(Map<String, String> captures) {
                return text.fill(captures).getBytes(StandardCharsets.UTF_8);
            }
        }

        @SuppressWarnings("ArrayRecordComponent") // compared by nobody
        record SendBytes(byte[] bytes) implements Step {}
    }

    /**
     * Compiles a script.
     *
     * @throws IllegalArgumentException if a step cannot be, naming the field
     */
    static Script of(@Nullable List<TcpStep> wanted) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; wanted != null && i < wanted.size(); i++) {
            steps.add(step("tcp.steps[%d]".formatted(i), wanted.get(i)));
        }
        return new Script(List.copyOf(steps));
    }

    private static Step step(String field, TcpStep wanted) {
        if (wanted.expect() != null) {
            return new Step.Expect(Expected.compile(field + ".expect", wanted.expect()));
        }
        if (wanted.send() != null) {
            return new Step.Send(new Template(wanted.send()));
        }
        if (wanted.sendHex() != null) {
            return new Step.SendBytes(HexFormat.of().parseHex(wanted.sendHex()));
        }
        throw new IllegalArgumentException(field + " has none; set exactly one of expect, send and sendHex");
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }
}

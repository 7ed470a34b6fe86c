package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import io.healthchecker.testing.CommittedFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue of reasons is written from the code. */
class ReasonsReferenceTest {
    private static final CommittedFile PAGE =
            new CommittedFile(Path.of("../docs/reference/reasons.md"), ReasonsReferenceTest.class, "reasons.write");

    @Test
    void theCommittedCatalogueIsThatOfTheCode() {
        PAGE.assertIs(catalogue());
    }

    @Test
    void everyReasonIsAWordThatKubernetesTakesAndNoneIsUsedTwice() {
        List<String> healthy =
                Stream.of(Reason.values()).map(HealthReason::word).toList();
        List<String> ready =
                Stream.of(StatusReason.values()).map(StatusReason::word).toList();

        assertThat(healthy).doesNotHaveDuplicates().allMatch(word -> word.matches("[A-Z][A-Za-z0-9]*"));
        assertThat(ready).doesNotHaveDuplicates().allMatch(word -> word.matches("[A-Z][A-Za-z0-9]*"));
    }

    private static String catalogue() {
        return """
            # Conditions, reasons and Events of a HealthCheckService

            Written from the code; mended by `%s`.
            Words never change their meaning; new ones may come.

            ## Conditions
            | type | says |
            |---|---|
            %s

            kstatus, and with it Helm and Flux, holds a resource to be in progress while `Reconciling` is True or `Ready` is
            False, failed while `Stalled` is True, and done once `Ready` is True, whatever `Healthy` says. Who wants to wait
            for the target: `kubectl wait --for=condition=Healthy hcs/NAME`.

            ## Reasons of Ready, Reconciling, Stalled and Suspended
            | reason | means |
            |---|---|
            %s

            ## Reasons of Healthy
            | reason | in results | means |
            |---|---|---|
            %s
            | `%s` | | %s |

            ## Events
            | reason | type | when |
            |---|---|---|
            %s
            | `%s` | Normal | The definition, or a new generation of it, was accepted. |
            | `%s` | Normal | Checks go on after a suspension. |
            | a reason of Ready | Warning | The definition is not accepted, for that reason. |

            An Event tells what a write of the status changed. What happens again counts in the series of the Event that is
            there already. A namespace gets at most `hc.status.events-per-minute` of them.

            ## Events of the operator's Lease
            | reason | type | when |
            |---|---|---|
            | `%s` | Warning | Services are kept although their resources are missing; again at each sweep. |
            | `%s` | Normal | Nothing is kept any more. |
            """.formatted(
                PAGE.mend(),
                lines(ConditionType.values(), type -> "| `%s` | %s |".formatted(type.word(), type.explanation())),
                lines(StatusReason.values(), reason -> "| `%s` | %s |".formatted(reason.word(), reason.explanation())),
                lines(
                        Reason.values(),
                        reason -> "| `%s` | `%s` | %s |"
                                .formatted(HealthReason.word(reason), reason.name(), reason.explanation())),
                HealthReason.NOT_REPORTED,
                HealthReason.NOT_REPORTED_MESSAGE,
                lines(State.values(), ReasonsReferenceTest::transition),
                Announcement.ACCEPTED,
                Announcement.RESUMED,
                OperatorEvents.SWEEP_REFUSED,
                OperatorEvents.SWEEP_RESUMED);
    }

    private static String transition(State state) {
        boolean good = state == State.UP || state == State.SUSPENDED;
        return "| `%s` | %s | The service came to this state. |".formatted(state.word(), good ? "Normal" : "Warning");
    }

    private static <T> String lines(T[] values, java.util.function.Function<T, String> line) {
        return Arrays.stream(values).map(line).collect(Collectors.joining("\n"));
    }
}

package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a deployment that contains a resource waits, fails or goes on. */
class KstatusTest {
    @Test
    void beforeTheFirstVisitItWaits() {
        var untouched = new ServiceStatus(-1L, null, null, null, null, null, null, null, null);

        assertThat(Kstatus.of(1, untouched)).isEqualTo(Kstatus.IN_PROGRESS);
    }

    @ParameterizedTest
    @EnumSource
    void whateverTheTargetIsTheDeploymentGoesOn(State state) {
        assertThat(of(1, 1, Given.ACCEPTED, Given.seen(state, Reason.CONNECT_REFUSED, 5)))
                .isEqualTo(Kstatus.CURRENT);
    }

    @Test
    void aMissingSecretIsWaitedFor() {
        assertThat(of(1, 1, Given.MISSING_SECRET, SeenState.NONE)).isEqualTo(Kstatus.IN_PROGRESS);
    }

    @Test
    void aRefusedDefinitionFails() {
        assertThat(of(1, 1, Given.INVALID, SeenState.NONE)).isEqualTo(Kstatus.FAILED);
    }

    @Test
    void anEditIsWaitedForUntilItIsAccepted() {
        SeenState up = Given.seen(State.UP, Reason.OK, 5);

        assertThat(of(2, 1, Given.ACCEPTED, up)).isEqualTo(Kstatus.IN_PROGRESS);
        assertThat(of(2, 2, Given.ACCEPTED, up)).isEqualTo(Kstatus.CURRENT);
    }

    private static Kstatus of(long generation, long reported, Acceptance acceptance, SeenState seen) {
        return Kstatus.of(
                generation,
                WantedStatus.of(Given.subject(reported, acceptance), seen, null, Given.settings(), Given.NOW));
    }
}

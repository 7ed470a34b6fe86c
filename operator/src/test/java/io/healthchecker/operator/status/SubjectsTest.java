package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import io.healthchecker.operator.status.Acceptance.Accepted;
import io.healthchecker.operator.status.Subjects.Next;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubjectsTest {
    private static final String UID = Given.KEY.uid();
    private static final SeenState UP = Given.seen(State.UP, Reason.OK, 60);

    private final Subjects subjects = new Subjects();

    @Test
    void aReportIsNewsOnce() {
        assertThat(subjects.report(Given.subject(1, Given.ACCEPTED))).isEqualTo(Next.READ);
        subjects.read(List.of(4711L), Map.of(4711L, UP));

        assertThat(subjects.report(Given.subject(1, Given.ACCEPTED))).isEqualTo(Next.NOTHING);
        assertThat(subjects.unread(10)).isEmpty();
    }

    @Test
    void anOlderGenerationIsNotListenedTo() {
        subjects.report(Given.subject(2, Given.ACCEPTED));

        assertThat(subjects.report(Given.subject(1, Given.INVALID))).isEqualTo(Next.NOTHING);
        assertThat(subjects.find(UID).acceptance()).isEqualTo(Given.ACCEPTED);
    }

    @Test
    void anEditHasItsServiceReadAgainBeforeAnythingIsTold() {
        subjects.report(Given.subject(1, Given.ACCEPTED));
        subjects.read(List.of(4711L), Map.of(4711L, UP));

        assertThat(subjects.report(Given.subject(2, Given.ACCEPTED))).isEqualTo(Next.READ);
        assertThat(subjects.find(UID).seen()).isNull();
        assertThat(subjects.unread(10)).containsExactly(4711L);
    }

    @Test
    void withoutAServiceThereIsNothingToRead() {
        assertThat(subjects.report(Given.subject(1, Given.INVALID))).isEqualTo(Next.WRITE);
        assertThat(subjects.find(UID).seen()).isEqualTo(SeenState.NONE);
    }

    @Test
    void onlyServicesOfReportedResourcesAreRead() {
        subjects.report(Given.subject(1, Given.ACCEPTED));
        subjects.read(List.of(4711L), Map.of(4711L, UP));

        subjects.changed(List.of(4711L, 1L, 2L));

        assertThat(subjects.unread(10)).containsExactly(4711L);
    }

    @Test
    void onlyAStateThatIsAnotherIsAChange() {
        subjects.report(Given.subject(1, Given.ACCEPTED));

        assertThat(subjects.read(List.of(4711L), Map.of(4711L, UP))).containsExactly(UID);
        assertThat(subjects.read(List.of(4711L), Map.of(4711L, UP))).isEmpty();
        assertThat(subjects.read(List.of(4711L), Map.of())).containsExactly(UID);
    }

    @Test
    void aResourceMayGetAnotherService() {
        subjects.report(Given.subject(1, Given.ACCEPTED));
        subjects.report(Given.subject(1, new Accepted(4712)));
        subjects.changed(List.of(4711L));

        assertThat(subjects.unread(10)).containsExactly(4712L);
    }

    @Test
    void whatIsGoneIsForgotten() {
        subjects.report(Given.subject(1, Given.ACCEPTED));
        subjects.remove(UID);
        subjects.changed(List.of(4711L));

        assertThat(subjects.unread(10)).isEmpty();
        assertThat(subjects.all()).isEmpty();
    }
}

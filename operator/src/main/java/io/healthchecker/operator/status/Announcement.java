package io.healthchecker.operator.status;

import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.Condition;
import io.healthchecker.crds.ServiceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an Event says. It follows from the status before and after a write, so there is one for each change that was
 * written and none for what was not.
 *
 * @param reason one word for programs
 * @param action what was done: Reconcile, Check or Sweep
 * @param note one stable sentence for people
 */
record Announcement(boolean warning, String reason, String action, String note) {
    /** The definition was accepted. */
    static final String ACCEPTED = "Accepted";

    /** Checks go on after a suspension. */
    static final String RESUMED = "Resumed";

    private static final String RECONCILE = "Reconcile";
    private static final String CHECK = "Check";

    /** What a write changed, as far as a person wants to be told. */
    static List<Announcement> between(@Nullable ServiceStatus before, ServiceStatus after) {
        List<Announcement> announcements = new ArrayList<>();
        Announcement state = state(before, after);
        Announcement acceptance = acceptance(before, after);
        boolean saysIt = state != null && (state.reason.equals(RESUMED) || state.reason.equals(State.SUSPENDED.word()));
        if (acceptance != null && (acceptance.warning || !saysIt)) {
            announcements.add(acceptance);
        }
        if (state != null) {
            announcements.add(state);
        }
        return announcements;
    }

    private static @Nullable Announcement acceptance(@Nullable ServiceStatus before, ServiceStatus after) {
        Condition is = ConditionType.READY.in(after);
        Condition was = ConditionType.READY.in(before);
        boolean same = before != null
                && was != null
                && is != null
                && Objects.equals(before.observedGeneration(), after.observedGeneration())
                && Objects.equals(was.status(), is.status())
                && Objects.equals(was.message(), is.message());
        if (is == null || same) {
            return null;
        }
        boolean accepted = "True".equals(is.status());
        return new Announcement(
                !accepted, accepted ? ACCEPTED : String.valueOf(is.reason()), RECONCILE, String.valueOf(is.message()));
    }

    private static @Nullable Announcement state(@Nullable ServiceStatus before, ServiceStatus after) {
        String was = before == null ? null : before.state();
        String is = after.state();
        Condition healthy = ConditionType.HEALTHY.in(after);
        boolean begins = was == null && State.UNKNOWN.word().equals(is);
        if (is == null || is.equals(was) || begins || healthy == null) {
            return null;
        }
        boolean resumed =
                State.SUSPENDED.word().equals(was) && State.UNKNOWN.word().equals(is);
        boolean good =
                resumed || State.UP.word().equals(is) || State.SUSPENDED.word().equals(is);
        return new Announcement(!good, resumed ? RESUMED : is, CHECK, String.valueOf(healthy.message()));
    }
}

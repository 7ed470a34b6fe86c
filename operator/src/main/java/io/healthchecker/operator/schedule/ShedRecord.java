package io.healthchecker.operator.schedule;

import io.healthchecker.core.check.Gap;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.schedule.DueRing;
import java.util.ArrayList;
import java.util.List;

/**
 * Since when a shard sheds what. One gap a service is written for some seconds of shedding, not one a slot; if this
 * process dies before, the audit finds the slots.
 */
final class ShedRecord {
    private static final long WRITE_AFTER_MILLIS = DueRing.LOOK_BACK_MILLIS - 1_000;

    private Shed shed = Shed.NOTHING;
    private long sinceMillis;

    Shed shed() {
        return shed;
    }

    /**
     * Changes what is shed from the watermark on.
     *
     * @return gaps of what was shed before, if it is another rule now or has been long enough
     */
    List<Gap> change(Shed next, DueRing ring, long watermark) {
        List<Gap> gaps = List.of();
        if (!next.equals(shed) || watermark - sinceMillis >= WRITE_AFTER_MILLIS) {
            gaps = end(ring, watermark);
            shed = next;
        }
        return gaps;
    }

    /** Gaps of what was shed up to the watermark. */
    List<Gap> end(DueRing ring, long watermark) {
        List<Gap> gaps = new ArrayList<>();
        if (!shed.equals(Shed.NOTHING)) {
            ring.runs(sinceMillis, watermark, run -> {
                if (shed.leavesOut(run.first().periodMillis())) {
                    gaps.add(Plan.gap(run, Reason.SHED));
                }
            });
        }
        sinceMillis = watermark;
        return gaps;
    }

    /** The watermark went back: what is emitted again is no gap. */
    void rewind(long watermark) {
        sinceMillis = Math.min(sinceMillis, watermark);
    }
}

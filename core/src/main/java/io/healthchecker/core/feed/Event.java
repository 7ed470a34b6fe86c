package io.healthchecker.core.feed;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.verdict.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A fact that is told on the feed. What stands in its components is its payload, as JSON. */
public sealed interface Event {
    /** The word that tells kinds apart, stored and sent. */
    String kind();

    /**
     * A service changed its state.
     *
     * @param seq number of the transition
     * @param knownBefore the last of Up, Degraded and Down that it had been before; Unknown before the first
     * @param known the same after the transition
     * @param slot of the result that decided, epoch milliseconds
     */
    record StateChanged(
            String service,
            long seq,
            State from,
            State to,
            State knownBefore,
            State known,
            long slot,
            Reason reason,
            @Nullable String detail,
            @Nullable Long incidentId,
            Instant at)
            implements Event {
        @Override
        public String kind() {
            return "state.changed";
        }
    }

    /** An incident was opened by a transition. */
    record IncidentOpened(
            long incidentId,
            String service,
            State worst,
            Reason reason,
            @Nullable String detail,
            Instant at) implements Event {
        @Override
        public String kind() {
            return "incident.opened";
        }
    }

    /** An incident was closed, by a transition or since its service was removed. */
    record IncidentClosed(long incidentId, String service, Instant at) implements Event {
        @Override
        public String kind() {
            return "incident.closed";
        }
    }

    /** Somebody has an incident in hand; {@code until} is null where that has no end of its own. */
    record IncidentAcknowledged(
            long incidentId,
            String service,
            String by,
            @Nullable Instant until,
            @Nullable String note) implements Event {
        @Override
        public String kind() {
            return "incident.acknowledged";
        }
    }

    /** An acknowledgement was taken back. */
    record IncidentUnacknowledged(long incidentId, String service, String by) implements Event {
        @Override
        public String kind() {
            return "incident.unacknowledged";
        }
    }

    /** Somebody wrote a note to an incident. */
    record IncidentNoted(long incidentId, String service, long noteId, String by) implements Event {
        @Override
        public String kind() {
            return "incident.noted";
        }
    }

    /** A service was created. */
    record ServiceCreated(String service, long version) implements Event {
        @Override
        public String kind() {
            return "service.created";
        }
    }

    /** The definition or name of a service changed. */
    record ServiceChanged(String service, long version) implements Event {
        @Override
        public String kind() {
            return "service.changed";
        }
    }

    /** A service was removed; its history stays readable by id. */
    record ServiceRemoved(String service, long version) implements Event {
        @Override
        public String kind() {
            return "service.removed";
        }
    }
}

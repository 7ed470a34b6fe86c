package io.healthchecker.worker.intake;

import io.healthchecker.worker.commit.Subject;
import io.healthchecker.worker.commit.Urgency;

/** What a worker knows of a service. */
sealed interface Known {
    /** Of the definition that it was read from. */
    long version();

    /** It is to be checked. */
    record Active(long version, CheckStarter check, Subject subject, Urgency urgency) implements Known {
        Active(long version, CheckStarter check, Subject subject) {
            this(version, check, subject, new Urgency(subject.thresholds()));
        }
    }

    /** It is suspended, and must not be touched. */
    record Suspended(long version) implements Known {}

    /** It is deleted, or never was; ids do not come back. */
    record Gone() implements Known {
        @Override
        public long version() {
            return Long.MAX_VALUE;
        }
    }

    /** What is stored is not a definition that this worker can read; until it changes it need not try again. */
    record Unreadable() implements Known {
        @Override
        public long version() {
            return Long.MAX_VALUE;
        }
    }
}

package io.healthchecker.core.verdict;

/** How many of the locations that can tell must agree before a service is held to be worse than Up. */
public sealed interface Quorum {
    /** One is enough. */
    Quorum ANY = new AtLeast(1);

    /** More than half. */
    Quorum MAJORITY = new Majority();

    /** Every one. */
    Quorum ALL = new AtLeast(Integer.MAX_VALUE);

    /** How many votes of so many are enough; 1 to {@code voters} where there is a voter. */
    int of(int voters);

    /** More than half of them. */
    record Majority() implements Quorum {
        @Override
        public int of(int voters) {
            return voters / 2 + 1;
        }
    }

    /** A number of them, or all where there are fewer. */
    record AtLeast(int locations) implements Quorum {
        public AtLeast {
            if (locations < 1) {
                throw new IllegalArgumentException("locations is %d; it must be at least 1".formatted(locations));
            }
        }

        @Override
        public int of(int voters) {
            return Math.min(locations, voters);
        }
    }
}

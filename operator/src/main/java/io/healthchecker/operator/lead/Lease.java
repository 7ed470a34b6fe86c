package io.healthchecker.operator.lead;

/** A right that one process has at a time, for as long as it renews it. For one thread. */
interface Lease {
    /**
     * Takes it if it is free, or goes on having it.
     *
     * @return whether it is ours; an exception says that nobody knows
     */
    boolean renew();

    /** Gives it up, if it is ours. */
    void release();

    /** The right of somebody who is alone. */
    static Lease alone() {
        return new Lease() {
            @Override
            public boolean renew() {
                return true;
            }

            @Override
            public void release() {
                // nobody waits for it
            }
        };
    }
}

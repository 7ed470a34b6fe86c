package io.healthchecker.core.schedule;

/** One of 256 fixed parts of all services; a service never changes its shard. */
public final class Shard {
    /** How many there are, for ever. */
    public static final int COUNT = 256;

    private Shard() {}

    /** The shard of a service, 0 to 255; independent of its phase. */
    public static int of(long serviceId) {
        return (int) Math.floorMod(Hash.mix(serviceId, Hash.SHARD), (long) COUNT);
    }
}

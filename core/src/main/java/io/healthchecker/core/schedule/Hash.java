package io.healthchecker.core.schedule;

/** The finalizer of MurmurHash3 (fmix64), seeded: what must not correlate uses another seed. */
final class Hash {
    static final long SHARD = 0x9E3779B97F4A7C15L;
    static final long PHASE = 0xC2B2AE3D27D4EB4FL;
    static final long ROSTER = 0x165667B19E3779F9L;

    private Hash() {}

    static long mix(long value, long seed) {
        long h = value ^ seed;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}

package io.healthchecker.core.schedule;

/** How many services with slots a shard has, and a hash of their ids and versions that does not depend on order. */
public record Digest(int services, long hash) {
    /** The part of one service; the exclusive or of all parts is the hash. PostgreSQL computes the same. */
    static long hash(long serviceId, long version) {
        return serviceId << 20 ^ version;
    }
}

package io.healthchecker.core.job;

import java.nio.ByteBuffer;

/**
 * This check is due.
 *
 * @param slot epoch milliseconds at which it is due
 * @param version of the definition when the job was made; the worker takes the newest that it can get, at least this
 */
public record Job(long serviceId, long slot, int locationId, long version, JobKind kind) {
    /** Size of an encoded job in bytes. */
    public static final int BYTES = 27;

    /** What makes it one of a kind. */
    public JobKey key() {
        return new JobKey(serviceId, slot, locationId);
    }

    /** Big-endian: service id, slot, version, location, kind. */
    public byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        encode(buffer);
        return buffer.array();
    }

    /** Appends what {@link #encode()} returns. */
    void encode(ByteBuffer buffer) {
        buffer.putLong(serviceId)
                .putLong(slot)
                .putLong(version)
                .putShort((short) locationId)
                .put((byte) kind.code());
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @throws IllegalArgumentException if the bytes are not a job
     */
    public static Job decode(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a job has %d bytes; this has %d".formatted(BYTES, bytes.length));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long serviceId = buffer.getLong();
        long slot = buffer.getLong();
        long version = buffer.getLong();
        return new Job(serviceId, slot, buffer.getShort(), version, JobKind.of(buffer.get()));
    }
}

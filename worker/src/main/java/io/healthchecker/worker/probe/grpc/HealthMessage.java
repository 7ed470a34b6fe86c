package io.healthchecker.worker.probe.grpc;

import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.http1.MalformedAnswer;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Request and answer of {@code grpc.health.v1.Health/Check}, in protobuf behind the five bytes that gRPC puts in front. */
final class HealthMessage {
    /** Largest answer that is read; one has two bytes. */
    static final int MAX_BYTES = 4_096;

    private static final int PREFIX = 5;
    private static final int SERVICE = 1 << 3 | 2; // field 1, text
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private HealthMessage() {}

    static byte[] request(String service) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        if (name.length > 0) {
            message.write(SERVICE);
            for (int left = name.length; ; left >>>= 7) {
                message.write(left < 0x80 ? left : (left & 0x7f) | 0x80);
                if (left < 0x80) {
                    break;
                }
            }
            message.writeBytes(name);
        }
        return ByteBuffer.allocate(PREFIX + message.size())
                .put((byte) 0)
                .putInt(message.size())
                .put(message.toByteArray())
                .array();
    }

    /** What an answer says; one without a status says UNKNOWN, as protobuf leaves out what is 0. */
    static Serving answer(byte[] bytes, int size) throws MalformedAnswer {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes, 0, size);
            if (in.get() != 0) {
                throw malformed("it is compressed, which was not asked for");
            }
            if (in.getInt() != in.remaining()) {
                throw malformed("its length is not what it says");
            }
            long status = 0;
            while (in.hasRemaining()) {
                long tag = varint(in);
                if (tag == (1 << 3 | VARINT)) {
                    status = varint(in);
                } else {
                    skip(in, (int) (tag & 7));
                }
            }
            return Serving.of(status);
        } catch (BufferUnderflowException e) {
            throw malformed("it ends in the middle");
        }
    }

    private static void skip(ByteBuffer in, int type) throws MalformedAnswer {
        switch (type) {
            case VARINT -> varint(in);
            case FIXED64 -> in.getLong();
            case FIXED32 -> in.getInt();
            case BYTES -> {
                long length = varint(in);
                if (length < 0 || length > in.remaining()) {
                    throw malformed("it ends in the middle");
                }
                in.position(in.position() + (int) length);
            }
            default -> throw malformed("it is not protobuf");
        }
    }

    private static long varint(ByteBuffer in) throws MalformedAnswer {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("it is not protobuf");
    }

    private static MalformedAnswer malformed(String why) {
        return new MalformedAnswer(Reason.PROTOCOL_ERROR, "the answer of the health service cannot be read: " + why);
    }
}

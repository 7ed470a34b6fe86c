package io.healthchecker.worker.dial.starttls;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** MySQL: the greeting says whether there is TLS; then half a login, after which the handshake follows. */
final class MysqlTalk implements Talk {
    private static final int VERSION_10 = 10;
    private static final int ERROR = 0xff;
    private static final int CLIENT_PROTOCOL_41 = 0x0200;
    private static final int CLIENT_SSL = 0x0800;
    private static final int CLIENT_SECURE_CONNECTION = 0x8000;
    private static final int UTF8MB4 = 45;
    private static final int LARGEST_PACKET = 1 << 24;
    private static final int REQUEST = 32;
    private static final int LARGEST_GREETING = 4_096;

    @Override
    public Turn turn(byte[] said) {
        if (said.length < 5) {
            return WAIT;
        }
        int length = (said[0] & 0xff) | (said[1] & 0xff) << 8 | (said[2] & 0xff) << 16;
        int end = 4 + length;
        int first = said[4] & 0xff;
        if (length > LARGEST_GREETING || (first != VERSION_10 && first != ERROR)) {
            return new Turn.Nonsense("its greeting is not MySQL");
        }
        if (said.length < end) {
            return WAIT;
        }
        if (first == ERROR) {
            String text = new String(said, Math.min(7, end), Math.max(0, end - 7), StandardCharsets.UTF_8);
            return new Turn.Refused("it answers \"%s\"".formatted(text));
        }
        int version = 5;
        while (version < end && said[version] != 0) {
            version++;
        }
        int capabilities = version + 1 + 4 + 8 + 1; // thread, salt and a filler stand between
        if (capabilities + 2 > end) {
            return new Turn.Nonsense("its greeting is too short");
        }
        int has = (said[capabilities] & 0xff) | (said[capabilities + 1] & 0xff) << 8;
        return (has & CLIENT_SSL) == 0
                ? new Turn.Refused("it has TLS turned off")
                : new Turn.Encrypt(end, sslRequest(said[3] + 1));
    }

    private static byte[] sslRequest(int sequence) {
        return ByteBuffer.allocate(4 + REQUEST)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(REQUEST | sequence << 24)
                .putInt(CLIENT_PROTOCOL_41 | CLIENT_SSL | CLIENT_SECURE_CONNECTION)
                .putInt(LARGEST_PACKET)
                .put((byte) UTF8MB4)
                .array();
    }
}

package io.healthchecker.worker.dial.starttls;

/** PostgreSQL: SSLRequest, which is answered by one byte. */
final class PostgresTalk implements Talk {
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 0x04, (byte) 0xd2, 0x16, 0x2f};

    @Override
    public byte[] opening() {
        return SSL_REQUEST.clone();
    }

    @Override
    public Turn turn(byte[] said) {
        if (said.length == 0) {
            return WAIT;
        }
        return switch (said[0]) {
            case 'S' -> Talk.encrypt(1);
            case 'N' -> new Turn.Refused("it has TLS turned off");
            case 'E' -> new Turn.Refused("it answers with an error");
            default -> new Turn.Nonsense("its answer is not PostgreSQL");
        };
    }
}

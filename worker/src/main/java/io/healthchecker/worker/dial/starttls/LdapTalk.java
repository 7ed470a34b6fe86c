package io.healthchecker.worker.dial.starttls;

import java.nio.charset.StandardCharsets;

/** LDAP (RFC 4511 §4.14): the extended operation StartTLS, in BER. */
final class LdapTalk implements Talk {
    private static final String START_TLS = "1.3.6.1.4.1.1466.20037";
    private static final int SEQUENCE = 0x30;
    private static final int EXTENDED_RESPONSE = 0x78;
    private static final int ENUMERATED = 0x0a;

    @Override
    public byte[] opening() {
        byte[] name = START_TLS.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[9 + name.length];
        byte[] head = {
            SEQUENCE,
            (byte) (7 + name.length),
            0x02,
            1,
            1,
            0x77,
            (byte) (2 + name.length),
            (byte) 0x80,
            (byte) name.length
        };
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(name, 0, request, head.length, name.length);
        return request;
    }

    @Override
    public Turn turn(byte[] said) {
        if (said.length > 0 && said[0] != SEQUENCE) {
            return new Turn.Nonsense("its answer is not LDAP");
        }
        if (said.length < 2) {
            return WAIT;
        }
        int wide = (said[1] & 0x80) == 0 ? 0 : said[1] & 0x7f; // bytes of the length
        if (wide > 2) {
            return new Turn.Nonsense("its answer is too long");
        }
        if (said.length < 2 + wide) {
            return WAIT;
        }
        int length = wide == 0 ? said[1] : 0;
        for (int i = 0; i < wide; i++) {
            length = length << 8 | (said[2 + i] & 0xff);
        }
        int end = 2 + wide + length;
        return said.length < end ? WAIT : answered(said, 2 + wide, end);
    }

    // the number of the message, then the response: its first element is the result
    private static Turn answered(byte[] said, int from, int end) {
        int response = from + 2 + (from + 1 < end ? said[from + 1] & 0xff : 0);
        if (response + 1 >= end || (said[response] & 0xff) != EXTENDED_RESPONSE) {
            return new Turn.Nonsense("its answer is not one to StartTLS");
        }
        int wide = (said[response + 1] & 0x80) == 0 ? 0 : said[response + 1] & 0x7f;
        int result = response + 2 + wide;
        if (result + 2 >= end || said[result] != ENUMERATED || said[result + 1] != 1) {
            return new Turn.Nonsense("its answer has no result");
        }
        int code = said[result + 2] & 0xff;
        return code == 0 ? Talk.encrypt(end) : new Turn.Refused("it answers with the result code " + code);
    }
}

package io.healthchecker.worker.http1;

import io.healthchecker.core.check.Reason;

/** The header in front of gzip data, byte by byte: ten fixed bytes, then the optional parts that its flags name. */
final class GzipHeader {
    private static final int FIXED = 10;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private int count;
    private int parts; // flags of the parts that are still to come
    private int skip = -1; // bytes of the open part, -1 where its length is not known
    private int extraLow = -1;

    boolean complete() {
        return count >= FIXED && parts == 0;
    }

    void next(byte b) throws MalformedAnswer {
        if (count < FIXED) {
            fixed(b & 0xff);
        } else if ((parts & EXTRA) != 0) {
            extra(b & 0xff);
        } else if ((parts & (NAME | COMMENT)) != 0) {
            if (b == 0) {
                parts &= (parts & NAME) != 0 ? ~NAME : ~COMMENT;
            }
        } else {
            skip = skip < 0 ? CHECKSUM - 1 : skip - 1;
            parts = skip == 0 ? 0 : parts;
        }
    }

    private void fixed(int b) throws MalformedAnswer {
        boolean wrong = (count == 0 && b != 0x1f) || (count == 1 && b != 0x8b) || (count == 2 && b != 8);
        if (wrong) {
            throw new MalformedAnswer(Reason.BODY_UNREADABLE, "its Content-Encoding is gzip, but the body is not");
        }
        if (count == 3) {
            parts = b & (CHECKSUM | EXTRA | NAME | COMMENT);
        }
        count++;
    }

    private void extra(int b) {
        if (skip >= 0) {
            skip--;
        } else if (extraLow < 0) {
            extraLow = b;
        } else {
            skip = extraLow | b << 8;
        }
        if (skip == 0) {
            parts &= ~EXTRA;
            skip = -1;
        }
    }
}

package io.healthchecker.worker.http1;

import io.healthchecker.core.check.Reason;
import java.util.Arrays;

/**
 * Reads one HTTP/1 answer from bytes as they come, however they are cut: lines may end with LF alone, interim answers
 * are passed over, chunk extensions and trailers are read and dropped. What it keeps is bounded.
 */
public final class AnswerDecoder {
    /** All header lines together, those of interim answers and trailers included. */
    public static final int MAX_HEADER_BYTES = 262_144;

    private static final int MAX_CHUNK_LINE = 4_096;

    private enum State {
        STATUS,
        HEADERS,
        SIZED_BODY,
        BODY_UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        DONE
    }

    private final boolean headRequest;
    private final Body body;
    private State state = State.STATUS;
    private Head head = new Head();
    private boolean headComplete;
    private byte[] carry = new byte[0]; // the beginning of a line whose end has not come
    private int carried;
    private int headerBytes;
    private long left; // of the body, or of the chunk

    public AnswerDecoder(boolean headRequest, Body body) {
        this.headRequest = headRequest;
        this.body = body;
    }

    public Head head() {
        return head;
    }

    /** Whether status and headers of the final answer are known. */
    public boolean headComplete() {
        return headComplete;
    }

    /** Whether nothing more is wanted. */
    public boolean done() {
        return state == State.DONE;
    }

    /**
     * Reads on.
     *
     * @return where it stopped: before {@code to} only if it is done, and what follows is no longer its answer
     */
    public int feed(byte[] bytes, int from, int to) throws MalformedAnswer {
        int at = from;
        while (at < to && state != State.DONE) {
            at = switch (state) {
                case SIZED_BODY, BODY_UNTIL_CLOSE, CHUNK -> content(bytes, at, to);
                default -> line(bytes, at, to);
            };
        }
        return at;
    }

    /** Says that the target closed the connection. */
    public void end() throws MalformedAnswer {
        switch (state) {
            case DONE -> {}
            case BODY_UNTIL_CLOSE -> finish();
            case STATUS ->
                throw new MalformedAnswer(
                        Reason.CONNECTION_CLOSED,
                        carried == 0 && headerBytes == 0
                                ? "closed without an answer"
                                : "closed in the first line of the answer");
            case HEADERS -> throw new MalformedAnswer(Reason.CONNECTION_CLOSED, "closed in the middle of the headers");
            case TRAILERS -> finish(); // the whole body is here
            default ->
                throw new MalformedAnswer(
                        Reason.CONNECTION_CLOSED, "closed after %d bytes of an unfinished body".formatted(body.size()));
        }
    }

    private int content(byte[] bytes, int at, int to) throws MalformedAnswer {
        int count = (int) Math.min(to - at, state == State.BODY_UNTIL_CLOSE ? Integer.MAX_VALUE : left);
        body.add(bytes, at, at + count);
        left -= count;
        if (body.full()) {
            finish();
        } else if (state != State.BODY_UNTIL_CLOSE && left == 0) {
            if (state == State.CHUNK) {
                state = State.CHUNK_END;
            } else {
                finish();
            }
        }
        return at + count;
    }

    private int line(byte[] bytes, int at, int to) throws MalformedAnswer {
        int end = at;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        count(Math.min(end + 1, to) - at);
        if (end == to) {
            carry(bytes, at, to);
            if (state == State.STATUS && !Head.startsWithHttp(carry, 0, carried) && carry[0] != '\r') {
                head.statusLine(carry, 0, carried); // says what it is
            }
            return to;
        }
        if (carried > 0) {
            carry(bytes, at, end);
            int length = carried;
            carried = 0;
            complete(carry, 0, length);
        } else {
            complete(bytes, at, end);
        }
        return end + 1;
    }

    private void complete(byte[] bytes, int from, int end) throws MalformedAnswer {
        int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
        boolean empty = to == from;
        switch (state) {
            case STATUS -> {
                if (!empty) { // blank lines in front do no harm
                    head.statusLine(bytes, from, to);
                    state = State.HEADERS;
                }
            }
            case HEADERS -> {
                if (empty) {
                    headersEnd();
                } else {
                    head.headerLine(bytes, from, to);
                }
            }
            case CHUNK_SIZE -> chunk(bytes, from, to);
            case CHUNK_END -> {
                if (!empty) {
                    throw new MalformedAnswer(Reason.PROTOCOL_ERROR, "a chunk is longer than it said");
                }
                state = State.CHUNK_SIZE;
            }
            case TRAILERS -> {
                if (empty) {
                    finish();
                }
            }
            default -> throw new IllegalStateException(state.name());
        }
    }

    private void headersEnd() throws MalformedAnswer {
        if (head.interim()) {
            head = new Head();
            state = State.STATUS;
            return;
        }
        headComplete = true;
        Framing framing = Framing.of(head, headRequest);
        left = framing.length();
        if (framing.kind() == Framing.Kind.NONE) {
            finish();
            return;
        }
        body.coded(head.first("content-encoding"));
        state = switch (framing.kind()) {
            case CHUNKED -> State.CHUNK_SIZE;
            case LENGTH -> State.SIZED_BODY;
            case UNTIL_CLOSE, NONE -> State.BODY_UNTIL_CLOSE;
        };
    }

    private void chunk(byte[] bytes, int from, int to) throws MalformedAnswer {
        long size = 0;
        int at = from;
        while (at < to && Character.digit(bytes[at], 16) >= 0) {
            size = size << 4 | Character.digit(bytes[at], 16);
            at++;
            if (size > Integer.MAX_VALUE) {
                throw new MalformedAnswer(Reason.PROTOCOL_ERROR, "a chunk is larger than 2 GiB");
            }
        }
        boolean ends = at == to || bytes[at] == ';' || bytes[at] == ' ' || bytes[at] == '\t';
        if (at == from || !ends) {
            throw new MalformedAnswer(Reason.PROTOCOL_ERROR, "the size of a chunk cannot be read");
        }
        left = size;
        state = size == 0 ? State.TRAILERS : State.CHUNK;
    }

    private void finish() throws MalformedAnswer {
        state = State.DONE;
        body.end();
    }

    private void count(int bytes) throws MalformedAnswer {
        if (state == State.CHUNK_SIZE || state == State.CHUNK_END) {
            if (carried + bytes > MAX_CHUNK_LINE) {
                throw new MalformedAnswer(Reason.PROTOCOL_ERROR, "the size of a chunk cannot be read");
            }
            return;
        }
        headerBytes += bytes;
        if (headerBytes > MAX_HEADER_BYTES) {
            throw new MalformedAnswer(
                    Reason.HEADERS_TOO_LARGE, "more than %d bytes of headers".formatted(MAX_HEADER_BYTES));
        }
    }

    private void carry(byte[] bytes, int from, int to) {
        int length = to - from;
        if (carried + length > carry.length) {
            carry = Arrays.copyOf(carry, Math.max(2 * (carried + length), 256));
        }
        System.arraycopy(bytes, from, carry, carried, length);
        carried += length;
    }
}

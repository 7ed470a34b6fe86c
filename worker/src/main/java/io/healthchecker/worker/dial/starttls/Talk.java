package io.healthchecker.worker.dial.starttls;

import java.nio.charset.StandardCharsets;

/** One server being asked. It knows what was said last, and nothing of sockets. */
public interface Talk {
    /** What we say first; empty where the server does. */
    default byte[] opening() {
        return new byte[0];
    }

    /**
     * What follows from what the server has said.
     *
     * @param said everything since the answer that was understood last
     */
    Turn turn(byte[] said);

    /** What to do next. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    sealed interface Turn {
        /** The answer is not complete yet. */
        record Wait() implements Turn {}

        /** The answer is understood, up to a byte; this is said next. */
        record Say(int understood, byte[] bytes) implements Turn {}

        /** The same, and the handshake follows what is said, which may be nothing. */
        record Encrypt(int understood, byte[] bytes) implements Turn {}

        /** The server does not encrypt. */
        record Refused(String why) implements Turn {}

        /** It does not speak this protocol. */
        record Nonsense(String why) implements Turn {}
    }

    Turn WAIT = new Turn.Wait();

    static Turn say(int understood, String text) {
        return new Turn.Say(understood, text.getBytes(StandardCharsets.UTF_8));
    }

    static Turn encrypt(int understood) {
        return new Turn.Encrypt(understood, new byte[0]);
    }

    /** One character a byte. */
    static String text(byte[] said) {
        return new String(said, StandardCharsets.ISO_8859_1);
    }
}

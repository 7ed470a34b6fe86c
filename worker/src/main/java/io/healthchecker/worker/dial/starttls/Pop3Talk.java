package io.healthchecker.worker.dial.starttls;

/** POP3 (RFC 2595 §4): the greeting, and the command STLS. */
final class Pop3Talk implements Talk {
    private boolean greeted;

    @Override
    public Turn turn(byte[] said) {
        String text = Talk.text(said);
        int end = text.indexOf('\n') + 1;
        if (end == 0) {
            return WAIT;
        }
        String line = text.substring(0, end).strip();
        if (!line.startsWith("+OK")) {
            return line.startsWith("-ERR")
                    ? new Turn.Refused("it answers \"%s\"".formatted(line))
                    : new Turn.Nonsense("\"%s\" is not POP3".formatted(line));
        }
        if (greeted) {
            return Talk.encrypt(end);
        }
        greeted = true;
        return Talk.say(end, "STLS\r\n");
    }
}

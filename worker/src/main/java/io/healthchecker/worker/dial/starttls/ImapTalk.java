package io.healthchecker.worker.dial.starttls;

/** IMAP (RFC 9051 §6.2.1): the greeting, and the command STARTTLS. */
final class ImapTalk implements Talk {
    private static final String TAG = "a1";

    private boolean greeted;

    @Override
    public Turn turn(byte[] said) {
        String text = Talk.text(said);
        int at = 0;
        for (int end = text.indexOf('\n', at); end >= 0; end = text.indexOf('\n', at)) {
            String line = text.substring(at, end).strip();
            at = end + 1;
            if (!greeted) {
                if (!line.startsWith("* OK")) {
                    return line.startsWith("* ")
                            ? new Turn.Refused("it greets with \"%s\"".formatted(line))
                            : new Turn.Nonsense("\"%s\" is not IMAP".formatted(line));
                }
                greeted = true;
                return Talk.say(at, TAG + " STARTTLS\r\n");
            }
            if (line.startsWith(TAG + " OK")) {
                return Talk.encrypt(at);
            }
            if (!line.startsWith("* ")) {
                return new Turn.Refused("it answers \"%s\"".formatted(line));
            }
        }
        return WAIT;
    }
}

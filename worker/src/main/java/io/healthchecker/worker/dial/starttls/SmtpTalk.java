package io.healthchecker.worker.dial.starttls;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SMTP (RFC 3207): the greeting, EHLO, whose answer offers STARTTLS, and STARTTLS itself. */
final class SmtpTalk implements Talk {
    private static final Pattern LINE = Pattern.compile("([2-5][0-9]{2})([ -]|(?=\r?\n))([^\n]*?)\r?\n");
    private static final Pattern BEGINNING =
            Pattern.compile("([2-5]|[2-5][0-9]{1,2})|[2-5][0-9]{2}[ -][^\n]*|[2-5][0-9]{2}\r");

    private enum Asked {
        NOTHING,
        WHO,
        TO_ENCRYPT
    }

    private Asked asked = Asked.NOTHING;

    @Override
    public Turn turn(byte[] said) {
        String text = Talk.text(said);
        Matcher line = LINE.matcher(text);
        int at = 0;
        boolean offered = false;
        while (line.region(at, text.length()).lookingAt()) {
            at = line.end();
            offered |= line.group(3).strip().toLowerCase(Locale.ROOT).equals("starttls");
            if (!line.group(2).equals("-")) {
                return answered(line.group(1), line.group(3), at, offered);
            }
        }
        boolean whole =
                at == text.length() || BEGINNING.matcher(text.substring(at)).matches();
        return whole ? WAIT : new Turn.Nonsense(firstLine(text.substring(at)) + " is not SMTP");
    }

    private Turn answered(String code, String words, int end, boolean offered) {
        if (code.charAt(0) != '2') {
            return new Turn.Refused("it answers \"%s %s\"".formatted(code, words));
        }
        return switch (asked) {
            case NOTHING -> {
                asked = Asked.WHO;
                yield Talk.say(end, "EHLO health-checker\r\n");
            }
            case WHO -> {
                if (!offered) {
                    yield new Turn.Refused("it does not offer STARTTLS");
                }
                asked = Asked.TO_ENCRYPT;
                yield Talk.say(end, "STARTTLS\r\n");
            }
            case TO_ENCRYPT -> Talk.encrypt(end);
        };
    }

    static String firstLine(String text) {
        int end = text.indexOf('\n');
        return "\"" + (end < 0 ? text : text.substring(0, end)).strip() + "\"";
    }
}

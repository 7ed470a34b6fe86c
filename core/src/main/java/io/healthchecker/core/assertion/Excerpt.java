package io.healthchecker.core.assertion;

/** Text from outside, made fit to be shown: one line, nothing invisible, not too long. */
public final class Excerpt {
    /** Longest excerpt in characters. */
    public static final int MAX = 500;

    private Excerpt() {}

    /** At most {@link #MAX} characters. */
    public static String of(String text) {
        return of(text, MAX);
    }

    /** At most so many characters; the last is … where something was cut off. */
    public static String of(String text, int max) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), max));
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (shown.length() + Character.charCount(c) > max - (i < text.length() ? 1 : 0)) {
                return shown.append('…').toString();
            }
            shown.appendCodePoint(visible(c) ? c : ' ');
        }
        return shown.toString();
    }

    // control characters break logs and terminals, format characters turn the direction of writing
    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

package io.healthchecker.core.assertion;

/** Statuses from the first to the last, both included. */
record StatusRange(int first, int last) {

    /** Reads {@code 404} or {@code 200-299}. */
    static StatusRange parse(String text) {
        if (!text.matches("[1-5][0-9]{2}(-[1-5][0-9]{2})?")) {
            throw new IllegalArgumentException(
                    "expectedStatus has \"%s\"; it must be a status or a range, such as 404 or 200-299"
                            .formatted(Excerpt.of(text, 80)));
        }
        int first = Integer.parseInt(text.substring(0, 3));
        return new StatusRange(first, text.length() == 3 ? first : Integer.parseInt(text.substring(4)));
    }

    boolean contains(int status) {
        return first <= status && status <= last;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}

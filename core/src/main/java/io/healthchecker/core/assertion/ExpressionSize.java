package io.healthchecker.core.assertion;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * About how many steps a regular expression has when its counted repetitions are written out, found without writing
 * them out: {@code ((a{1000}){1000}){1000}} has nine digits and a billion steps.
 */
public final class ExpressionSize {
    /** Largest that is allowed: the cost of a match is at most this times the size of the body. */
    public static final int MAX_STEPS = 2_000;

    private static final long MANY = 1L << 40;

    private final String expression;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long group;
    private long item;
    private int at;

    private ExpressionSize(String expression) {
        this.expression = expression;
    }

    /** Steps of an expression, whether or not it is well-formed. */
    public static long of(String expression) {
        ExpressionSize size = new ExpressionSize(expression);
        while (size.at < expression.length()) {
            size.step();
        }
        while (!size.outer.isEmpty()) {
            size.close();
        }
        return size.group + size.item;
    }

    private void step() {
        char c = expression.charAt(at++);
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> {
                begin(0);
                outer.push(group);
                group = 0;
            }
            case ')' -> close();
            case '{' -> repeat();
            default -> begin(1);
        }
    }

    private void begin(long steps) {
        group = Math.min(group + item, MANY);
        item = steps;
    }

    private void close() {
        long inside = group + item + 2; // its two captures
        group = outer.isEmpty() ? 0 : outer.pop();
        item = Math.min(inside, MANY);
    }

    private void escape() {
        if (expression.startsWith("Q", at)) {
            int end = expression.indexOf("\\E", at);
            int to = end < 0 ? expression.length() : end;
            begin(to - at);
            begin(1);
            at = end < 0 ? to : to + 2;
            return;
        }
        at++;
        begin(1);
    }

    private void characterClass() {
        at += expression.startsWith("^", at) ? 1 : 0;
        at += expression.startsWith("]", at) ? 1 : 0; // a ] in front stands for itself
        while (at < expression.length() && expression.charAt(at) != ']') {
            if (expression.startsWith("[:", at)) {
                int end = expression.indexOf(":]", at + 2);
                at = end < 0 ? at + 1 : end + 2;
            } else {
                at += expression.charAt(at) == '\\' ? 2 : 1;
            }
        }
        at++;
        begin(1);
    }

    private void repeat() {
        int end = expression.indexOf('}', at);
        String counts = end < 0 ? "" : expression.substring(at, end);
        if (!counts.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
            begin(1); // a brace that stands for itself
            return;
        }
        at = end + 1;
        long most = 1;
        for (String count : counts.split(",")) {
            most = Math.max(most, Long.parseLong(count));
        }
        item = Math.min(Math.max(item, 1) * (most + 1), MANY);
    }
}

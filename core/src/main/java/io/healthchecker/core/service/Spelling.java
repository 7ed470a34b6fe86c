package io.healthchecker.core.service;

import java.util.Locale;

/** Whether one word may have been meant by another. */
final class Spelling {
    private Spelling() {}

    /**
     * Whether at most two letters were added, left out, changed or swapped with the next, whatever their case; short words
     * allow one.
     */
    static boolean near(String word, String typed) {
        int allowed = word.length() < 5 ? 1 : 2;
        if (Math.abs(word.length() - typed.length()) > allowed) {
            return false;
        }
        return distance(word.toLowerCase(Locale.ROOT), typed.toLowerCase(Locale.ROOT)) <= allowed;
    }

    private static int distance(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : least(a, i, b, j, distance);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int least(String a, int i, String b, int j, int[][] distance) {
        int changed = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(changed, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
    }
}

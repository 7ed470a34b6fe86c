package io.healthchecker.bench.ui;

/** What is measured, and how much of it there may be. */
public enum Figure {
    FIRST_ROW("first row, ms", 600, true),
    ALL_FILTERS("all filters usable, ms", 1_000, true),
    CODE("code, styles and messages, kB", 68, false),
    BEFORE_FIRST_ROW("code, styles and window, kB", 80, false),
    INDEX("index, kB", 320, false),
    KEY_MEDIAN("key to paint, median, ms", 50, true),
    KEY_P95("key to paint, p95, ms", 100, true),
    TRANSITIONS("100 transitions, all rows seen among them, ms", 4, false),
    TRANSITIONS_SCRIPT("100 transitions, of these the script, ms", Double.NaN, false),
    TRANSITIONS_LAYOUT("100 transitions, styles and layout, ms", Double.NaN, false),
    TRANSITIONS_SPREAD("100 transitions, all over the fleet, ms", 4, false),
    TRANSITIONS_UNSEEN("100 transitions, no row seen among them, ms", 4, false),
    STORM_LONG_TASKS("storm of 10 000, tasks over 50 ms", 0, false),
    STORM_LONGEST_TASK("storm of 10 000, longest task, ms", 50, false),
    STORM_SHARE("storm of 10 000, main thread, % of a core", Double.NaN, false),
    HEAP("heap after collection, MB", 60, false),
    NODES("nodes in the document", 1_500, false),
    DETAIL_HEADER("detail header from the list, ms", 100, false),
    FIRST_CHART("first chart from the list, ms", 350, false),
    QUARTER_SERVER("90 days, server, ms", 100, false),
    QUARTER_DRAWN("90 days, server and drawing, ms", 200, false),
    PIXEL_MEDIAN("event to pixel, median, ms", Double.NaN, false),
    PIXEL_P95("event to pixel, p95, ms", 1_000, false),
    WALL_HEAP("wall, heap after 8 h, % of that after 1 h", 110, false),
    WALL_NODES("wall, nodes after 8 h, % of those after 1 h", 101, false),
    WALL_LISTENERS("wall, listeners more after 8 h", 0, false);

    /** How many times its budget a figure may be before the bench fails: a busy machine is not a broken page. */
    private static final double FAR = 3;

    /** How much more ten times as many services may cost. */
    private static final double GROWTH = 1.3;

    private final String text;
    private final double budget;
    private final boolean independent;

    /**
     * @param budget NaN where there is none
     * @param independent whether it may hardly depend on how many services there are
     */
    Figure(String text, double budget, boolean independent) {
        this.text = text;
        this.budget = budget;
        this.independent = independent;
    }

    public String text() {
        return text;
    }

    /** The budget, and a figure as a share of it. */
    public String judge(double value) {
        if (Double.isNaN(budget)) {
            return "";
        }
        return budget == 0 ? "budget 0" : "budget %.0f, ratio %.2f".formatted(budget, value / budget);
    }

    /** What is said of a larger fleet beside a smaller one, each within its budget. */
    public String judgeGrowth(double ratio) {
        return independent && ratio > GROWTH ? ", grows by more than %.1f".formatted(GROWTH) : "";
    }

    /** Whether a figure is so far outside that something is broken. */
    public boolean isFarOutside(double value) {
        return budget > 0 && value > FAR * budget;
    }
}

package io.healthchecker.bench.ui;

/** How soon a browser that has never been here shows the first row, and has all that filters need. */
final class ColdStarts {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 15;

    private ColdStarts() {}

    static void measure(Dashboard dashboard, Figures figures) {
        var row = new Sample();
        var all = new Sample();
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            try (Visit visit = dashboard.visit().list("")) {
                if (i >= 0) {
                    row.add(visit.number("window.hcMarks.row"));
                    all.add(visit.number("window.hcMarks.all"));
                }
                if (i == 0) {
                    bytes(visit, figures);
                }
            }
        }
        figures.put(Figure.FIRST_ROW, row.median());
        figures.put(Figure.ALL_FILTERS, all.median());
    }

    private static void bytes(Visit visit, Figures figures) {
        double code = visit.kilobytes("/assets/");
        figures.put(Figure.CODE, code);
        figures.put(Figure.BEFORE_FIRST_ROW, code + visit.kilobytes("/api/v1/services?"));
        figures.put(Figure.INDEX, visit.kilobytes("/services/index"));
    }
}

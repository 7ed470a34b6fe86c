package io.healthchecker.e2e.dashboard;

/**
 * How much is looked at. {@code ./hc test} sees each screen once in light and once in dark, with a small fleet; {@code ./hc
 * test browser} says {@code -Dbrowser.whole=true}: the whole fleet, and each screen filled, empty and broken, with each
 * dialog and menu open.
 *
 * @param services how many there are besides those of the stage
 * @param filters how many generated filters are compared with the server's
 * @param storm how many transitions pass at once
 */
record Extent(int services, int filters, int storm, boolean whole) {
    static Extent asked() {
        return Boolean.getBoolean("browser.whole")
                ? new Extent(10_000, 200, 10_000, true)
                : new Extent(2_000, 24, 1_000, false);
    }
}

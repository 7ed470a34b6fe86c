package io.healthchecker.e2e.dashboard;

/** A colour of a screen: red, green and blue from 0 to 255. */
record Colour(double red, double green, double blue) {
    private static final double KAPPA = 903.3;
    private static final double EPSILON = 0.008856;
    private static final double DEGREES_275 = Math.toRadians(275);
    private static final double DEGREES_25 = Math.toRadians(25);

    /** Contrast by WCAG 2.2, 1 to 21. */
    double contrast(Colour other) {
        double a = luminance();
        double b = other.luminance();
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /** Channels in proportion to light, 0 to 1. */
    double[] linear() {
        return new double[] {linear(red), linear(green), linear(blue)};
    }

    static Colour ofLinear(double red, double green, double blue) {
        return new Colour(coded(red), coded(green), coded(blue));
    }

    private double luminance() {
        double[] light = linear();
        return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
    }

    private static double linear(double channel) {
        double share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static double coded(double light) {
        double share = Math.clamp(light, 0, 1);
        return 255 * (share <= 0.0031308 ? 12.92 * share : 1.055 * Math.pow(share, 1 / 2.4) - 0.055);
    }

    private double[] lab() {
        double[] c = linear();
        double x = cube((0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047);
        double y = cube(0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2]);
        double z = cube((0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double cube(double share) {
        return share > EPSILON ? Math.cbrt(share) : (KAPPA * share + 16) / 116;
    }

    /** How different two colours look: CIEDE2000 (Sharma, Wu, Dalal 2005). */
    double distance(Colour other) {
        double[] a = lab();
        double[] b = other.lab();
        double c7 = Math.pow((Math.hypot(a[1], a[2]) + Math.hypot(b[1], b[2])) / 2, 7);
        double g = 0.5 * (1 - Math.sqrt(c7 / (c7 + Math.pow(25, 7))));
        double a1 = (1 + g) * a[1];
        double a2 = (1 + g) * b[1];
        double c1 = Math.hypot(a1, a[2]);
        double c2 = Math.hypot(a2, b[2]);
        double h1 = hue(a[2], a1);
        double h2 = hue(b[2], a2);
        double turn = c1 * c2 == 0 ? 0 : shortest(h2 - h1);
        double dl = b[0] - a[0];
        double dc = c2 - c1;
        double dh = 2 * Math.sqrt(c1 * c2) * Math.sin(turn / 2);
        double l = (a[0] + b[0]) / 2;
        double c = (c1 + c2) / 2;
        double h = c1 * c2 == 0 ? h1 + h2 : mean(h1, h2);
        double t = 1
                - 0.17 * Math.cos(h - Math.PI / 6)
                + 0.24 * Math.cos(2 * h)
                + 0.32 * Math.cos(3 * h + Math.toRadians(6))
                - 0.2 * Math.cos(4 * h - Math.toRadians(63));
        double sl = 1 + 0.015 * Math.pow(l - 50, 2) / Math.sqrt(20 + Math.pow(l - 50, 2));
        double sc = 1 + 0.045 * c;
        double sh = 1 + 0.015 * c * t;
        double rc = 2 * Math.sqrt(Math.pow(c, 7) / (Math.pow(c, 7) + Math.pow(25, 7)));
        double rt = -Math.sin(2 * Math.toRadians(30) * Math.exp(-Math.pow((h - DEGREES_275) / DEGREES_25, 2))) * rc;
        return Math.sqrt(
                Math.pow(dl / sl, 2) + Math.pow(dc / sc, 2) + Math.pow(dh / sh, 2) + rt * (dc / sc) * (dh / sh));
    }

    private static double hue(double b, double a) {
        double angle = Math.atan2(b, a);
        return angle < 0 ? angle + 2 * Math.PI : angle;
    }

    private static double shortest(double turn) {
        return turn > Math.PI ? turn - 2 * Math.PI : turn < -Math.PI ? turn + 2 * Math.PI : turn;
    }

    private static double mean(double h1, double h2) {
        if (Math.abs(h1 - h2) <= Math.PI) {
            return (h1 + h2) / 2;
        }
        return h1 + h2 < 2 * Math.PI ? (h1 + h2) / 2 + Math.PI : (h1 + h2) / 2 - Math.PI;
    }
}

package io.healthchecker.e2e.dashboard;

/** How colours are seen by most people, and by those who lack one kind of cone: Machado, Oliveira, Fernandes 2009. */
enum Vision {
    NORMAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTAN(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    DEUTAN(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
    TRITAN(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

    private final double[] matrix;

    Vision(double... matrix) {
        this.matrix = matrix;
    }

    Colour seen(Colour colour) {
        double[] light = colour.linear();
        return Colour.ofLinear(row(0, light), row(3, light), row(6, light));
    }

    private double row(int from, double[] light) {
        return matrix[from] * light[0] + matrix[from + 1] * light[1] + matrix[from + 2] * light[2];
    }
}

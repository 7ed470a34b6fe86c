package io.healthchecker.bench.probe;

import java.util.Arrays;
import java.util.stream.Stream;

/** What a check of the worker may cost, saturated, as a share of what another one's costs. */
enum Budget {
    HTTP_BESIDE_C(Kind.HTTP, Contender.C, 1.6),
    HTTP_BESIDE_RUST(Kind.HTTP, Contender.RUST, 1.3),
    HTTP_BESIDE_BLACKBOX(Kind.HTTP, Contender.BLACKBOX, 1 / 4.5),
    HTTPS_BESIDE_RUST(Kind.HTTPS, Contender.RUST, 1.5),
    HTTPS_BESIDE_BLACKBOX(Kind.HTTPS, Contender.BLACKBOX, 1 / 2.5);

    private final Kind kind;
    private final Contender beside;
    private final double share;

    Budget(Kind kind, Contender beside, double share) {
        this.kind = kind;
        this.beside = beside;
        this.share = share;
    }

    static Stream<Budget> of(Kind kind, Contender beside) {
        return Arrays.stream(values()).filter(budget -> budget.kind == kind && budget.beside == beside);
    }

    double share() {
        return share;
    }
}

package io.healthchecker.worker.check;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.PhaseTimes;

/** A result in few letters, as the rows of behaviour tables have it. */
final class Seen {
    private Seen() {}

    /** Such as {@code DOWN CONNECT_REFUSED C}: the phases that were entered, of D(NS) C(onnect) T(LS) R(esponse) X (transfer). */
    static String of(CheckResult result) {
        return "%s %s %s".formatted(result.outcome(), result.reason(), phases(result.phases()));
    }

    private static String phases(PhaseTimes times) {
        String entered = letter("D", times.dnsMicros())
                + letter("C", times.connectMicros())
                + letter("T", times.tlsMicros())
                + letter("R", times.firstByteMicros())
                + letter("X", times.transferMicros());
        return entered.isEmpty() ? "-" : entered;
    }

    private static String letter(String letter, int micros) {
        return micros == PhaseTimes.NONE ? "" : letter;
    }
}

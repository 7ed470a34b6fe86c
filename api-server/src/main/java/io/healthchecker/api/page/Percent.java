package io.healthchecker.api.page;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Percentages as they are shown: cut off, never rounded up, so that 100 % means without any downtime. */
public final class Percent {
    private Percent() {}

    /** Two decimals, three from 99.9 on. */
    public static String of(double percent) {
        if (percent >= 100) {
            return "100 %";
        }
        return BigDecimal.valueOf(percent).setScale(percent >= 99.9 ? 3 : 2, RoundingMode.DOWN) + " %";
    }
}

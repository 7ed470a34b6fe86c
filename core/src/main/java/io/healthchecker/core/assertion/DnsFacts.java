package io.healthchecker.core.assertion;

import java.util.List;

/**
 * What a name server answered.
 *
 * @param code of the answer, such as {@code NOERROR} or {@code NXDOMAIN}
 * @param values records of the type that was asked for, as text
 * @param aliases names on the way to them, in order
 * @param ttlSeconds smallest time to live among the values; 0 where there are none
 * @param flags that were set, such as {@code AA} and {@code AD}
 * @param authority values of the records of the authority section
 */
public record DnsFacts(
        String code,
        List<String> values,
        List<String> aliases,
        int ttlSeconds,
        List<String> flags,
        List<String> authority) {}

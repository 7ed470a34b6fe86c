package io.healthchecker.core.check;

import io.healthchecker.core.assertion.Assertions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of a check that makes several.
 *
 * @param name as the definition has it
 * @param status of its answer, 0 where there was none
 * @param phases where its own time went
 * @param assertions its own, with what each came to; empty where there was no answer
 * @param failure why the check ended here, null if it went on
 */
public record StepResult(
        String name,
        int status,
        PhaseTimes phases,
        List<Assertions.Row> assertions,
        @Nullable String failure) {}

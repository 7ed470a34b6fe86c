package io.healthchecker.worker.check;

import io.healthchecker.core.assertion.Assertions;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.StepResult;
import java.util.List;

/**
 * A result, and what it was judged by: for a person who looks on.
 *
 * @param assertions each of the definition's, with what it came to; empty where there was no answer
 * @param facts what the probe learned
 * @param steps where the probe takes several, what became of each that was begun
 */
public record Examined(CheckResult result, List<Assertions.Row> assertions, Facts facts, List<StepResult> steps) {}

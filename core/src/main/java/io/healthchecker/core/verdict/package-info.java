/** (verdict, result) -> verdict: thresholds, states, transitions. */
@NullMarked
package io.healthchecker.core.verdict;

import org.jspecify.annotations.NullMarked;

/** What a check found: outcome, reason, phases, result. */
@NullMarked
package io.healthchecker.core.check;

import org.jspecify.annotations.NullMarked;

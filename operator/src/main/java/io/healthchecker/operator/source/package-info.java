/** Wanted definitions against stored ones, whoever wants them: added, changed, moved, removed. */
@NullMarked
package io.healthchecker.operator.source;

import org.jspecify.annotations.NullMarked;

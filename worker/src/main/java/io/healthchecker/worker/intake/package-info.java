/** Jobs from their streams to the instant at which they are due; acknowledged once their results are committed. */
@NullMarked
package io.healthchecker.worker.intake;

import org.jspecify.annotations.NullMarked;

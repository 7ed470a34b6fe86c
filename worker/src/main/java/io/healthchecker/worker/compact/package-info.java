/** Partitions of history made ahead and dropped once they are past retention. */
@NullMarked
package io.healthchecker.worker.compact;

import org.jspecify.annotations.NullMarked;

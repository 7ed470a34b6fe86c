/** The loop that owns shards, walks their rings, emits due jobs, catches up after a pause, and sheds under overload. */
@NullMarked
package io.healthchecker.operator.schedule;

import org.jspecify.annotations.NullMarked;

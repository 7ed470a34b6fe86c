/** Checks of targets that are silent, and what they do to the others. */
@NullMarked
package io.healthchecker.bench.blackhole;

import org.jspecify.annotations.NullMarked;

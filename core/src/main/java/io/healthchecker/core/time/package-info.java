/** The only place that reads a clock. */
@NullMarked
package io.healthchecker.core.time;

import org.jspecify.annotations.NullMarked;

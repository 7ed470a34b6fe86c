/** Opened and closed by transitions. */
@NullMarked
package io.healthchecker.core.incident;

import org.jspecify.annotations.NullMarked;

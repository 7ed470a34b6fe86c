/** Incidents: opened and closed by transitions. */
@NullMarked
package io.healthchecker.api.incident;

import org.jspecify.annotations.NullMarked;

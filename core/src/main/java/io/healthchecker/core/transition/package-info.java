/** A change of state, with all that it causes: state, transition, incident and events in the caller's transaction. */
@NullMarked
package io.healthchecker.core.transition;

import org.jspecify.annotations.NullMarked;

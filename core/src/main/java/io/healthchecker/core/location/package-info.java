/** Places from which we probe, and who is alive there. */
@NullMarked
package io.healthchecker.core.location;

import org.jspecify.annotations.NullMarked;

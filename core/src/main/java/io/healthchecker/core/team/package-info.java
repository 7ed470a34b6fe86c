/** Who owns what, and what each role may do. */
@NullMarked
package io.healthchecker.core.team;

import org.jspecify.annotations.NullMarked;

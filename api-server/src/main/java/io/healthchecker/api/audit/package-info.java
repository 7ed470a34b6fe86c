/** Who changed what, for the admins of a team. */
@NullMarked
package io.healthchecker.api.audit;

import org.jspecify.annotations.NullMarked;

/** Feed -> status, conditions and Events of custom resources; writes only what changed. */
@NullMarked
package io.healthchecker.operator.status;

import org.jspecify.annotations.NullMarked;

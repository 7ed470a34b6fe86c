/** Checks that do not wait for their slots: how workers are asked for them. */
@NullMarked
package io.healthchecker.api.job;

import org.jspecify.annotations.NullMarked;

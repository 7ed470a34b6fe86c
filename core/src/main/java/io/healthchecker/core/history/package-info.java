/** Uptime and coverage over recorded results. */
@NullMarked
package io.healthchecker.core.history;

import org.jspecify.annotations.NullMarked;

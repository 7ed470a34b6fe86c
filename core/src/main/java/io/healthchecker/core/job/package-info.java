/** The job, at most 32 bytes, and its streams. */
@NullMarked
package io.healthchecker.core.job;

import org.jspecify.annotations.NullMarked;

/** Checks of definitions that are not stored: somebody tries them out. */
@NullMarked
package io.healthchecker.worker.trial;

import org.jspecify.annotations.NullMarked;

/** What a prober does and sees: definition in, observation out. */
@NullMarked
package io.healthchecker.worker.probe;

import org.jspecify.annotations.NullMarked;

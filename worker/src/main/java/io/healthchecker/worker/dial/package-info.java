/** The one door to targets: resolve, judge, connect, encrypt. */
@NullMarked
package io.healthchecker.worker.dial;

import org.jspecify.annotations.NullMarked;

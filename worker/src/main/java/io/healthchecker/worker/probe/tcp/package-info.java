/** A connection, opened, encrypted where wanted, and closed. */
@NullMarked
package io.healthchecker.worker.probe.tcp;

import org.jspecify.annotations.NullMarked;

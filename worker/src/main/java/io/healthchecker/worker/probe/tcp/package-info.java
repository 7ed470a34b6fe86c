/** A connection, opened, encrypted and talked over where wanted, and closed. */
@NullMarked
package io.healthchecker.worker.probe.tcp;

import org.jspecify.annotations.NullMarked;

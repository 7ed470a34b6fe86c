/** Bytes of a connection made into lines for a person, in one direction each. */
@NullMarked
package io.healthchecker.worker.dial.ear;

import org.jspecify.annotations.NullMarked;

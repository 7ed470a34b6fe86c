/** A process from its start to its orderly end: what is running, and in which order it stops. */
@NullMarked
package io.healthchecker.standalone.process;

import org.jspecify.annotations.NullMarked;

/** A question to a name server, and what it answers. */
@NullMarked
package io.healthchecker.worker.probe.dns;

import org.jspecify.annotations.NullMarked;

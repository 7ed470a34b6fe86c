/** When a service is due: cadence, shards, and the ring of due slots. */
@NullMarked
package io.healthchecker.core.schedule;

import org.jspecify.annotations.NullMarked;

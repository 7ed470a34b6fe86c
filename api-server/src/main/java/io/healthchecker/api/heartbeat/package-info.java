/** Receives the pings of services that report by themselves. */
@NullMarked
package io.healthchecker.api.heartbeat;

import org.jspecify.annotations.NullMarked;

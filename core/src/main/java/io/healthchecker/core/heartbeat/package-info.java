/** Services that report by themselves: what they said last, and when silence means that they are down. */
@NullMarked
package io.healthchecker.core.heartbeat;

import org.jspecify.annotations.NullMarked;

/** Services that report by themselves, judged at their slots and at their deadlines. */
@NullMarked
package io.healthchecker.worker.heartbeat;

import org.jspecify.annotations.NullMarked;

/** Echo requests, and how many replies come back how fast. */
@NullMarked
package io.healthchecker.worker.probe.icmp;

import org.jspecify.annotations.NullMarked;

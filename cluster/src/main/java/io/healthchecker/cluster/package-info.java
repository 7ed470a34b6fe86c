/** A Kubernetes of one's own on this machine: its programs built from source, started, and ended without a trace. */
@NullMarked
package io.healthchecker.cluster;

import org.jspecify.annotations.NullMarked;

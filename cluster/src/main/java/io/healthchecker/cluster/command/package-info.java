/** {@code hc dev-cluster}: a cluster for developers. */
@NullMarked
package io.healthchecker.cluster.command;

import org.jspecify.annotations.NullMarked;

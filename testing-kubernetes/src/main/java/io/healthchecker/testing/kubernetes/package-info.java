/** A real Kubernetes for tests. It stands apart from {@code testing}: who needs no Kubernetes need not wait until it is built. */
@NullMarked
package io.healthchecker.testing.kubernetes;

import org.jspecify.annotations.NullMarked;

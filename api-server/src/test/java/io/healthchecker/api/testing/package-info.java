/** A running api-server for tests, and a caller of it. */
@NullMarked
package io.healthchecker.api.testing;

import org.jspecify.annotations.NullMarked;

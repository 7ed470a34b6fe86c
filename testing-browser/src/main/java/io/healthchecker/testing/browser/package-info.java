/** A real browser for tests and benches. */
@NullMarked
package io.healthchecker.testing.browser;

import org.jspecify.annotations.NullMarked;

/** One class a budget: prints ratios, never judges a test. */
@NullMarked
package io.healthchecker.bench;

import org.jspecify.annotations.NullMarked;

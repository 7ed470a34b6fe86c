/** What is measured of the dashboard, in a real browser. */
@NullMarked
package io.healthchecker.bench.ui;

import org.jspecify.annotations.NullMarked;

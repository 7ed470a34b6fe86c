/** What every process agrees on: words, arithmetic and tables. */
@NullMarked
package io.healthchecker.core;

import org.jspecify.annotations.NullMarked;

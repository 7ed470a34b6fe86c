/** One package a story, told against the whole product. */
@NullMarked
package io.healthchecker.e2e;

import org.jspecify.annotations.NullMarked;

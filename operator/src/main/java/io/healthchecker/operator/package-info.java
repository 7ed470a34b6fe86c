/** Wanted state in, due jobs out. */
@NullMarked
package io.healthchecker.operator;

import org.jspecify.annotations.NullMarked;

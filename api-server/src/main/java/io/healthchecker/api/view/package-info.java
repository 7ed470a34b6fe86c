/** Filters of the list that have a name. */
@NullMarked
package io.healthchecker.api.view;

import org.jspecify.annotations.NullMarked;

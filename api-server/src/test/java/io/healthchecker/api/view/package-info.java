/** Tests of named filters. */
@NullMarked
package io.healthchecker.api.view;

import org.jspecify.annotations.NullMarked;

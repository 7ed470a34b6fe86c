@NullMarked
package io.healthchecker.api.index;

import org.jspecify.annotations.NullMarked;

/** How those end that look at something again and again. */
@NullMarked
package io.healthchecker.api.look;

import org.jspecify.annotations.NullMarked;

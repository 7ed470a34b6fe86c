/** Text that never prints itself. */
@NullMarked
package io.healthchecker.core.secret;

import org.jspecify.annotations.NullMarked;

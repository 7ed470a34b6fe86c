/** Text that never prints itself, and its encryption at rest. */
@NullMarked
package io.healthchecker.core.secret;

import org.jspecify.annotations.NullMarked;

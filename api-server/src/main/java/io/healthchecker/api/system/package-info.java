/** How the product itself is doing: who watches the watcher. */
@NullMarked
package io.healthchecker.api.system;

import org.jspecify.annotations.NullMarked;

/** Windows of lists: limits, opaque cursors, pages. */
@NullMarked
package io.healthchecker.api.list;

import org.jspecify.annotations.NullMarked;

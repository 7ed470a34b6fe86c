/** Which addresses may be dialled, judged after they are resolved. */
@NullMarked
package io.healthchecker.core.egress;

import org.jspecify.annotations.NullMarked;

/** HTTP/1.1 as it comes over the wire: an answer, read from bytes however they are cut. */
@NullMarked
package io.healthchecker.worker.http1;

import org.jspecify.annotations.NullMarked;

/** Is it us? A worker that reaches none of its witnesses holds no failure against anybody. */
@NullMarked
package io.healthchecker.worker.connectivity;

import org.jspecify.annotations.NullMarked;

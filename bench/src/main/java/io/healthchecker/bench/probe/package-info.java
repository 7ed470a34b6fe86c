/** Who makes checks on one core beside whom, against which servers, and what each of them costs there. */
@NullMarked
package io.healthchecker.bench.probe;

import org.jspecify.annotations.NullMarked;

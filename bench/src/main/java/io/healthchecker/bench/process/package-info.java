/** Processes of a bench: on which core each runs, how it is spoken to, what it costs. */
@NullMarked
package io.healthchecker.bench.process;

import org.jspecify.annotations.NullMarked;

/** Servers on loopback that checks are made of, in a process of their own. */
@NullMarked
package io.healthchecker.bench.answer;

import org.jspecify.annotations.NullMarked;

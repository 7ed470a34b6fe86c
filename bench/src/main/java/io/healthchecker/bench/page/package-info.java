/** Clients of a web page, and the steady load that they make together. */
@NullMarked
package io.healthchecker.bench.page;

import org.jspecify.annotations.NullMarked;

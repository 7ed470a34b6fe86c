/** A request over a new connection, its redirects, and the answer. */
@NullMarked
package io.healthchecker.worker.probe.http;

import org.jspecify.annotations.NullMarked;

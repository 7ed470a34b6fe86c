/** HTTP/2 as a client that sends one request over a connection of its own. */
@NullMarked
package io.healthchecker.worker.http2;

import org.jspecify.annotations.NullMarked;

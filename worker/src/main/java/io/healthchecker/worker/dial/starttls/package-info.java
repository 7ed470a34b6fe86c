/** How a server is asked, in its own protocol, to encrypt a connection that began without TLS. */
@NullMarked
package io.healthchecker.worker.dial.starttls;

import org.jspecify.annotations.NullMarked;

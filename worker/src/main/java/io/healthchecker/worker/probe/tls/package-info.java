/** A handshake, and the certificate that it showed. */
@NullMarked
package io.healthchecker.worker.probe.tls;

import org.jspecify.annotations.NullMarked;

/** The standard health service of gRPC, asked by one call over a new connection. */
@NullMarked
package io.healthchecker.worker.probe.grpc;

import org.jspecify.annotations.NullMarked;

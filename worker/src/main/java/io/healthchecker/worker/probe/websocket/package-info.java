/** A WebSocket, opened, a message each way where wanted, and closed. */
@NullMarked
package io.healthchecker.worker.probe.websocket;

import org.jspecify.annotations.NullMarked;

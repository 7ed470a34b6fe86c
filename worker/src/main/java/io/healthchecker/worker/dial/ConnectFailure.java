package io.healthchecker.worker.dial;

import io.healthchecker.core.check.Reason;
import java.net.NoRouteToHostException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection could not be opened.
 *
 * @param cause null where it is our own trouble
 */
record ConnectFailure(@Nullable Reason cause, String text) {

    // the kernel's words are the same through epoll and the JDK; their exceptions are not
    static ConnectFailure of(Throwable thrown) {
        String said = String.valueOf(thrown.getMessage());
        if (said.contains("Connection refused")) {
            return new ConnectFailure(Reason.CONNECT_REFUSED, "refused");
        }
        if (thrown instanceof NoRouteToHostException // epoll's, without a word
                || said.contains("No route to host")
                || said.contains("unreachable")
                || said.contains("Host is down")) {
            return new ConnectFailure(Reason.CONNECT_UNREACHABLE, "no route");
        }
        if (said.contains("timed out")) {
            return new ConnectFailure(Reason.TIMEOUT_CONNECT, "the kernel gave up");
        }
        if (said.contains("Connection reset")) {
            return new ConnectFailure(Reason.CONNECTION_RESET, "reset while connecting");
        }
        if (said.contains("Cannot assign requested address") || isOutOfDescriptors(thrown)) {
            return new ConnectFailure(null, "no local port or file descriptor is free");
        }
        return new ConnectFailure(Reason.CONNECT_FAILED, said.replaceFirst(": \\S*/\\S*$", ""));
    }

    /** Whether this process, or the machine, has as many files and sockets open as it may. */
    static boolean isOutOfDescriptors(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).contains("Too many open files");
    }

    boolean ours() {
        return cause == null;
    }

    Reason reason() {
        return cause == null ? Reason.WORKER_FAULT : cause;
    }
}

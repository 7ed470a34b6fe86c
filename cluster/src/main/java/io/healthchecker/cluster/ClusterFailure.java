package io.healthchecker.cluster;

/** Why there is no cluster: one line that says what it is and what to do. */
public final class ClusterFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClusterFailure(String message) {
        super(message);
    }

    public ClusterFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

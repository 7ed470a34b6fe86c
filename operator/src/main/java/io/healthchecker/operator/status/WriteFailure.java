package io.healthchecker.operator.status;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** Why a status was not written. */
enum WriteFailure {
    /** Somebody else wrote the resource, or it is another one now: what is there has to be looked at first. */
    CONFLICT("conflict"),
    /** There is no such resource any more. */
    GONE("gone"),
    /** We may not. */
    FORBIDDEN("forbidden"),
    /** The API server does not take what we send, as when the custom resource definition is older than we are. */
    REFUSED("refused"),
    /** The API server cannot be reached, or has too much to do. */
    UNREACHABLE("unreachable");

    private static final int LEAST_STATUS = 100;

    private final String word;

    WriteFailure(String word) {
        this.word = word;
    }

    /** As shown in metrics. */
    String word() {
        return word;
    }

    static WriteFailure of(KubernetesClientException e) {
        if (e.getCode() < LEAST_STATUS) {
            return UNREACHABLE; // there was no answer
        }
        return switch (e.getCode()) {
            case 409 -> CONFLICT;
            case 404, 410 -> GONE;
            case 403 -> FORBIDDEN;
            case 401, 429, 502, 503, 504 -> UNREACHABLE;
            default -> REFUSED;
        };
    }
}

package io.healthchecker.e2e.declared;

import tools.jackson.databind.JsonNode;

/** What Helm 4 and Flux hold a resource to be: the generic rules of kstatus, in their order. */
enum Kstatus {
    CURRENT,
    IN_PROGRESS,
    FAILED,
    TERMINATING;

    static Kstatus of(JsonNode resource) {
        if (resource.path("metadata").has("deletionTimestamp")) {
            return TERMINATING;
        }
        JsonNode observed = resource.at("/status/observedGeneration");
        if (!observed.isMissingNode()
                && observed.asLong() != resource.at("/metadata/generation").asLong()) {
            return IN_PROGRESS;
        }
        if (is(resource, "Reconciling", "True")) {
            return IN_PROGRESS;
        }
        if (is(resource, "Stalled", "True")) {
            return FAILED;
        }
        return is(resource, "Ready", "False") || is(resource, "Ready", "Unknown") ? IN_PROGRESS : CURRENT;
    }

    private static boolean is(JsonNode resource, String type, String status) {
        for (JsonNode condition : resource.at("/status/conditions")) {
            if (condition.path("type").asString().equals(type)) {
                return condition.path("status").asString().equals(status);
            }
        }
        return false;
    }
}

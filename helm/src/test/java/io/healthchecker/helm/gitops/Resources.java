package io.healthchecker.helm.gitops;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** HealthCheckServices as a tool sees them, of generation 2. */
final class Resources {
    private Resources() {}

    /** As it is before the first visit of an operator, if the API server has set no default. */
    static Map<String, Object> unvisited() {
        return new HashMap<>(Map.of(
                "apiVersion",
                "healthchecker.io/v1alpha1",
                "kind",
                "HealthCheckService",
                "metadata",
                Map.of("name", "checkout", "namespace", "shop", "generation", 2),
                "spec",
                Map.of("http", Map.of("url", "https://shop.example.com/"))));
    }

    /** @param conditions written {@code Type=Status}, with blanks between */
    static Map<String, Object> withStatus(int observedGeneration, String conditions) {
        Map<String, Object> status = new HashMap<>(Map.of("observedGeneration", observedGeneration));
        List<Object> list = new ArrayList<>();
        for (String condition : conditions.split(" ")) {
            if (!condition.isEmpty()) {
                String[] parts = condition.split("=", 2);
                list.add(Map.of("type", parts[0], "status", parts[1], "message", "it says: " + condition));
            }
        }
        if (!list.isEmpty()) {
            status.put("conditions", list);
        }
        Map<String, Object> resource = unvisited();
        resource.put("status", status);
        return resource;
    }
}

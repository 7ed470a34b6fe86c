package io.healthchecker.e2e;

import java.util.List;
import java.util.Map;

/** What the dashboard gives to be pasted elsewhere, said once: the browser copies these, and an API server takes them. */
public final class Copied {
    /** A form of each kind of probe, by the name of its kind. */
    public static final Map<String, Map<String, Object>> FORMS = Map.of(
            "http",
                    Map.of(
                            "url",
                            "https://shop.example.com/a?b=c#d",
                            "expectedStatus",
                            List.of("200-299", "404"),
                            "bodyContains",
                            "yes: \"no\"\ttab",
                            "proxy",
                            Map.of("host", "proxy.example.com", "port", 3128),
                            "steps",
                            List.of(Map.of(
                                    "name",
                                    "then",
                                    "url",
                                    "/cart",
                                    "assertions",
                                    List.of(Map.of("expression", "status == 200"))))),
            "tcp", Map.of("host", "192.0.2.7", "port", 5432, "tls", true),
            "tls", Map.of("host", "shop.example.com", "minimumVersion", "TLSv1.3", "certificateExpiresInDays", 14),
            "dns", Map.of("name", "shop.example.com", "type", "AAAA", "expectedAnswers", List.of("2001:db8::1")),
            "icmp", Map.of("host", "::1", "count", 3),
            "grpc", Map.of("host", "shop", "port", 443, "service", "true"),
            "websocket", Map.of("url", "wss://shop.example.com/live", "message", "- {\"a\": 1}"),
            "heartbeat", Map.of("cron", "0 3 * * *", "timeZone", "Europe/Berlin"));

    private Copied() {}

    /** The line that lets the owner of a resource change it. */
    public static String edit(String namespace, String name) {
        return "kubectl -n %s edit healthcheckservice %s".formatted(namespace, name);
    }

    /** The line by which the owner of a resource suspends its checks, or resumes them. */
    public static String suspend(String namespace, String name, boolean suspend) {
        return "kubectl -n %s patch healthcheckservice %s --type merge -p '{\"spec\":{\"suspend\":%s}}'"
                .formatted(namespace, name, suspend);
    }
}

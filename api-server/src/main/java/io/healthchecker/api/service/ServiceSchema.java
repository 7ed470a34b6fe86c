package io.healthchecker.api.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.healthchecker.crds.Definition;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a body of a service looks like, for the documentation; {@link ServiceBody} reads it. */
@Schema(name = "ServiceBody", description = "A service as it is written.")
record ServiceSchema(
        @Schema(
                description = "Name, 1 to 200 characters, unique in the team.",
                example = "My API",
                minLength = 1,
                maxLength = 200)
        @Nullable
        String name,

        @Schema(description = "Short for http.url.", example = "https://api.example.com/health", maxLength = 2048)
        @Nullable
        String url,

        @JsonProperty("check_interval")
        @Schema(description = "Short for periodSeconds.", example = "60", minimum = "1", maximum = "86400")
        @Nullable
        Integer checkInterval,

        @JsonUnwrapped Definition definition) {
    static final String SHORT_EXAMPLE = """
            {"name": "My API", "url": "https://api.example.com/health", "check_interval": 60}""";

    static final String FULL_EXAMPLE = """
            {"name": "checkout", "http": {"url": "https://shop.example.com/health", "expectedStatus": ["200-299"], \
            "bodyContains": "ok"}, "periodSeconds": 30, "timeoutSeconds": 5, "failureThreshold": 3, \
            "degradedAfterMillis": 800, "labels": {"tier": "1"}}""";
}

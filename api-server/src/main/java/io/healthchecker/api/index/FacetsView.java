package io.healthchecker.api.index;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** How many services there are of each. */
@Schema(description = "How many services there are of each; every facet counts under the filters of the others.")
record FacetsView(
        @Schema(description = "How many the whole filter lets through.", example = "412")
        long total,

        @Schema(example = "{\"Up\": 409, \"Down\": 3}") Map<String, Long> state,

        @Schema(example = "{\"rest\": 412}") Map<String, Long> source,

        @Schema(example = "{\"http\": 412}") Map<String, Long> probe,

        @Schema(description = "An empty word for services that have none.", example = "{\"shop\": 400, \"\": 12}")
        Map<String, Long> namespace,

        @Schema(description = "By key, then by value.", example = "{\"tier\": {\"1\": 12}}")
        Map<String, Map<String, Long>> label) {}

package io.healthchecker.api.page;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A status page as its editors see it. */
@Schema(description = "A status page as its editors see it.")
public record PageView(
        @Schema(example = "1") int id,

        @Schema(description = "Grows with each change.", example = "1")
        long version,

        Instant updatedAt,
        @JsonUnwrapped PageBody page) {
    static PageView of(Page page) {
        return new PageView(page.id(), page.version(), page.updatedAt(), page.body());
    }
}

package io.healthchecker.api.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A status page as its editors see it. */
@Schema(description = "A status page as its editors see it.")
public record PageView(
        @Schema(example = "1") int id,

        @Schema(description = "Grows with each change.", example = "1")
        long version,

        Instant updatedAt,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description =
                        "Its address, below that of this server; only in the answer that made it, and only where visibility is link.",
                example = "/status/hcp_Zm9vYmFy",
                nullable = true)
        @Nullable
        String link,

        @JsonUnwrapped PageBody page) {
    static PageView of(Page page) {
        return new PageView(page.id(), page.version(), page.updatedAt(), null, page.body());
    }

    static PageView of(Pages.Written written) {
        Page page = written.page();
        return new PageView(
                page.id(),
                page.version(),
                page.updatedAt(),
                written.token() == null ? null : "/status/" + written.token().reveal(),
                page.body());
    }

    @Override
    public String toString() {
        return "PageView[not shown]";
    }
}

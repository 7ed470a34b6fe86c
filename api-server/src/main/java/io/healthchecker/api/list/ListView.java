package io.healthchecker.api.list;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A window of a list. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A window of a list.")
public record ListView<T>(
        List<T> items,

        @Schema(description = "Gives the next window; absent at the end.", example = "MTIz", nullable = true) @Nullable
        String nextCursor,

        @Schema(
                description = "How many there are in all windows; only where the request named a page.",
                nullable = true)
        @Nullable
        Long total,

        @Schema(
                description = "Parts of the filter that were not understood, and so did not filter.",
                example = "[\"state=Broken\"]",
                nullable = true)
        @Nullable
        List<String> ignored) {
    /** A list that is all in one window. */
    public static <T> ListView<T> whole(List<T> items) {
        return new ListView<>(items, null, null, null);
    }

    /** A window with the cursor of the next one, null at the end. */
    public static <T> ListView<T> window(List<T> items, @Nullable String nextCursor) {
        return new ListView<>(items, nextCursor, null, null);
    }
}

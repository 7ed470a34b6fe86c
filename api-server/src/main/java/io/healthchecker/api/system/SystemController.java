package io.healthchecker.api.system;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who watches the watcher. */
@RestController
@Tag(name = "system", description = "How the product itself is doing.")
public class SystemController {
    private final SystemWatch watch;

    SystemController(SystemWatch watch) {
        this.watch = watch;
    }

    @GetMapping(path = "/api/v1/system", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.TOKEN)
    @Operation(
            summary = "Read how the product is doing",
            description =
                    "Schedulers, workers, queues, lateness, feed. Answered from memory, a few seconds old at most: "
                            + "also when the database or Redis is down, and then says since when what is unknown.")
    @ApiResponse(responseCode = "200", description = "How it is doing.")
    public SystemView system() {
        return watch.view();
    }

    @GetMapping(path = "/api/v1/system/history", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.TOKEN)
    @Operation(
            summary = "Read how the product was doing within the last hour",
            description =
                    "The figures of /system in steps of ten seconds, the least and the most of each. Answered from"
                            + " memory: also when the database or Redis is down. A step in which nothing was seen is null.")
    @ApiResponse(responseCode = "200", description = "How it was doing.")
    public SystemHistoryView history() {
        return watch.history();
    }
}

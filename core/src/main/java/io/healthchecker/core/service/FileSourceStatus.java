package io.healthchecker.core.service;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the services that come from files stand.
 *
 * @param applying whether this replica applies them; another one does where it is false
 * @param problem why nothing is applied at all, null if nothing stands in the way
 * @param files how many files there are
 * @param services how many services they define
 * @param errors what is wrong in them, by file and place
 * @param lookedAt when this was so, null before the first look
 */
public record FileSourceStatus(
        String directory,
        boolean applying,
        @Nullable String problem,
        int files,
        int services,
        List<DefinitionError> errors,
        @Nullable Instant lookedAt) {
    public FileSourceStatus {
        errors = List.copyOf(errors);
    }
}

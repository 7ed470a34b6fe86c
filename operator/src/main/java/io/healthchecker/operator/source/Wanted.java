package io.healthchecker.operator.source;

import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.crds.Definition;

/**
 * A service that a source wants to exist.
 *
 * @param owner where the definition is kept, unique within its source
 */
public record Wanted(int teamId, String owner, String name, Definition definition) {

    boolean is(Service stored) {
        return owner.equals(stored.owner())
                && teamId == stored.teamId()
                && name.equals(stored.name())
                && definition.equals(stored.definition());
    }

    NewService of(Source source) {
        return new NewService(teamId, name, source, owner, definition);
    }
}

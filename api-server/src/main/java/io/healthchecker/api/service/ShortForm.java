package io.healthchecker.api.service;

import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import org.jspecify.annotations.Nullable;

/** The two fields of the API that came before, as parts of a definition. */
final class ShortForm {
    private ShortForm() {}

    /** A definition completed by an address and an interval; null adds nothing. */
    static Definition complete(Definition definition, @Nullable String url, @Nullable Integer checkInterval) {
        return definition.with(draft -> {
            draft.http = url == null ? draft.http : HttpProbe.get(url);
            draft.periodSeconds = checkInterval == null ? draft.periodSeconds : checkInterval;
        });
    }
}

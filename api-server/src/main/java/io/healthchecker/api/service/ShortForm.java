package io.healthchecker.api.service;

import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import org.jspecify.annotations.Nullable;

/** The two fields of the API that came before, as parts of a definition. */
final class ShortForm {
    private ShortForm() {}

    /** A definition completed by an address and an interval; null adds nothing. */
    static Definition complete(Definition definition, @Nullable String url, @Nullable Integer checkInterval) {
        return new Definition(
                url == null ? definition.http() : get(url),
                definition.tcp(),
                checkInterval == null ? definition.periodSeconds() : checkInterval,
                definition.timeoutSeconds(),
                definition.failureThreshold(),
                definition.successThreshold(),
                definition.confirmAfterSeconds(),
                definition.degradedAfterMillis(),
                definition.suspend(),
                definition.labels());
    }

    private static HttpProbe get(String url) {
        return new HttpProbe(url, null, null, null, null, null, null, null, null, null, null);
    }
}

package io.healthchecker.crds;

import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.TcpProbe;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A definition while it is being changed; what {@link Definition#with} hands out. */
public final class DefinitionDraft {
    public @Nullable HttpProbe http;
    public @Nullable TcpProbe tcp;
    public @Nullable Integer periodSeconds;
    public @Nullable Integer timeoutSeconds;
    public @Nullable Integer failureThreshold;
    public @Nullable Integer successThreshold;
    public @Nullable Integer confirmAfterSeconds;
    public @Nullable Integer degradedAfterMillis;
    public @Nullable Boolean suspend;
    public @Nullable Map<String, String> labels;

    DefinitionDraft(Definition before) {
        http = before.http();
        tcp = before.tcp();
        periodSeconds = before.periodSeconds();
        timeoutSeconds = before.timeoutSeconds();
        failureThreshold = before.failureThreshold();
        successThreshold = before.successThreshold();
        confirmAfterSeconds = before.confirmAfterSeconds();
        degradedAfterMillis = before.degradedAfterMillis();
        suspend = before.suspend();
        labels = before.labels();
    }

    Definition definition() {
        return new Definition(
                http,
                tcp,
                periodSeconds,
                timeoutSeconds,
                failureThreshold,
                successThreshold,
                confirmAfterSeconds,
                degradedAfterMillis,
                suspend,
                labels);
    }
}

package io.healthchecker.crds;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.Probe;
import io.healthchecker.crds.probe.TcpProbe;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a service: how it is checked, how often, and when it counts as down. The spec of the custom
 * resource, the body of the REST API and the file format are this one record. It admits what the schema admits: an
 * absent field is null, and {@code core.service.DefinitionRules} judges the rest.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Definition(
        @JsonPropertyDescription("HTTP or HTTPS request.") @Nullable
        HttpProbe http,

        @JsonPropertyDescription("TCP connection, optionally with TLS.") @Nullable
        TcpProbe tcp,

        @Min(1) @Max(86_400) @JsonPropertyDescription("Seconds from one check to the next. Default: 60.") @Nullable
        Integer periodSeconds,

        @Min(1)
        @Max(60)
        @JsonPropertyDescription(
                "Seconds after which a check fails; below periodSeconds. Default: 10, or 4/5 of a shorter period.")
        @Nullable
        Integer timeoutSeconds,

        @Min(1) @Max(10) @JsonPropertyDescription("Failures in a row that say Down. Default: 2.") @Nullable
        Integer failureThreshold,

        @Min(1) @Max(10) @JsonPropertyDescription("Successes in a row that say Up. Default: 1.") @Nullable
        Integer successThreshold,

        @Min(1)
        @Max(60)
        @JsonPropertyDescription(
                "Seconds until a check that leans away from the verdict is confirmed, ahead of its next slot. Default: 1.")
        @Nullable
        Integer confirmAfterSeconds,

        @Min(1)
        @Max(60_000)
        @JsonPropertyDescription("Milliseconds above which a passing check is Degraded. Default: never.")
        @Nullable
        Integer degradedAfterMillis,

        @JsonPropertyDescription("Whether checks are suspended. Default: false.") @Nullable
        Boolean suspend,

        @Size(max = 32)
        @JsonPropertyDescription("Labels to group and filter by; keys and values as in Kubernetes.")
        @Nullable
        Map<String, String> labels) {

    /** A definition that says how it is checked, and nothing else. */
    public static Definition of(Probe probe) {
        DefinitionDraft draft =
                new DefinitionDraft(new Definition(null, null, null, null, null, null, null, null, null, null));
        switch (probe) {
            case HttpProbe http -> draft.http = http;
            case TcpProbe tcp -> draft.tcp = tcp;
        }
        return draft.definition();
    }

    /** This definition, changed: {@code with(draft -> draft.suspend = true)}. */
    public Definition with(Consumer<DefinitionDraft> change) {
        DefinitionDraft draft = new DefinitionDraft(this);
        change.accept(draft);
        return draft.definition();
    }

    /** The one probe that is set, or null where none or several are. */
    @JsonIgnore
    public @Nullable Probe probe() {
        if (http != null) {
            return tcp == null ? http : null;
        }
        return tcp;
    }

    /** Milliseconds from one slot to the next. */
    @JsonIgnore
    public long periodMillis() {
        return 1_000L * (periodSeconds == null ? 60 : periodSeconds);
    }

    /** Milliseconds that one check may take. */
    @JsonIgnore
    public long timeoutMillis() {
        return timeoutSeconds == null ? Math.min(10_000, periodMillis() * 4 / 5) : 1_000L * timeoutSeconds;
    }

    @JsonIgnore
    public boolean suspended() {
        return Boolean.TRUE.equals(suspend);
    }

    @JsonIgnore
    public long confirmAfterMillis() {
        return 1_000L * (confirmAfterSeconds == null ? 1 : confirmAfterSeconds);
    }
}

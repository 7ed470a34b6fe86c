package io.healthchecker.crds;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.healthchecker.crds.probe.Assertion;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HeartbeatProbe;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.crds.probe.Probe;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TlsProbe;
import io.healthchecker.crds.probe.WebsocketProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a service: how it is checked, how often, and when it counts as down. The spec of the custom
 * resource, the body of the REST API and the file format are this one record. It admits what the schema admits: an
 * absent field is null, and {@code core.service.DefinitionRules} judges the rest.
 */
@ValidationRule(value = Definition.SET + ".exists(set, set)", message = Definition.ONE_PROBE + " none")
@ValidationRule(
        value = Definition.SET + ".filter(set, set).size() < 2",
        messageExpression = "'" + Definition.ONE_PROBE + "' + " + Definition.FOUND)
@ValidationRule(
        value = "!has(self.timeoutSeconds) || self.timeoutSeconds < self.periodSeconds",
        messageExpression =
                "'timeoutSeconds is %d; it must be below periodSeconds (%d)'.format([self.timeoutSeconds, self.periodSeconds])",
        fieldPath = ".timeoutSeconds")
@ValidationRule(
        value = "!has(self.degradedAfterMillis) || self.degradedAfterMillis < " + Definition.TIMEOUT_MILLIS,
        messageExpression =
                "'degradedAfterMillis is %d; it must be below timeoutSeconds (%d ms)'.format([self.degradedAfterMillis, "
                        + Definition.TIMEOUT_MILLIS + "])",
        fieldPath = ".degradedAfterMillis")
@ValidationRule(
        value = "!has(self.labels) || self.labels.all(key, key.size() < 318 && key.matches('" + Definition.LABEL_KEY
                + "'))",
        message =
                "labels has a key that is not valid: use letters, digits, '-', '_', '.', with an optional DNS prefix and '/'",
        fieldPath = ".labels")
@ValidationRule(
        value = "!has(self.labels) || self.labels.all(key, self.labels[key].matches('" + Definition.LABEL_VALUE + "'))",
        message =
                "labels has a value that is not valid: use letters, digits, '-', '_', '.', and begin and end with a letter or digit",
        fieldPath = ".labels")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Definition(
        @JsonPropertyDescription("HTTP or HTTPS request.") @Nullable
        HttpProbe http,

        @JsonPropertyDescription("TCP connection, optionally with TLS.") @Nullable
        TcpProbe tcp,

        @JsonPropertyDescription("TLS handshake: certificate, version.") @Nullable
        TlsProbe tls,

        @JsonPropertyDescription("DNS query.") @Nullable DnsProbe dns,

        @JsonPropertyDescription("ICMP echo (ping).") @Nullable
        IcmpProbe icmp,

        @JsonPropertyDescription("Health service of gRPC.") @Nullable
        GrpcProbe grpc,

        @JsonPropertyDescription("WebSocket, optionally with a message each way.") @Nullable
        WebsocketProbe websocket,

        @JsonPropertyDescription("Pings that the service itself sends.") @Nullable
        HeartbeatProbe heartbeat,

        @Default("60")
        @Min(1)
        @Max(86_400)
        @JsonPropertyDescription("Seconds from one check to the next. Default: 60.")
        @Nullable
        Integer periodSeconds,

        @Min(1)
        @Max(60)
        @JsonPropertyDescription(
                "Seconds after which a check fails; below periodSeconds. Default: 10, or 4/5 of a shorter period.")
        @Nullable
        Integer timeoutSeconds,

        @Default("2")
        @Min(1)
        @Max(10)
        @JsonPropertyDescription("Failures in a row that say Down. Default: 2.")
        @Nullable
        Integer failureThreshold,

        @Default("1") @Min(1) @Max(10) @JsonPropertyDescription("Successes in a row that say Up. Default: 1.") @Nullable
        Integer successThreshold,

        @Default("1")
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

        @Size(max = 16)
        @JsonPropertyDescription("Expressions in CEL that must be true of an answer, beside what the probe expects.")
        @Nullable
        List<Assertion> assertions,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Expressions in CEL of which none may be true, or a passing check is Degraded, such as latencyMillis > 300.")
        @Nullable
        List<@Size(min = 1, max = 1_024) String> degradedWhen,

        @Default("false") @JsonPropertyDescription("Whether checks are suspended. Default: false.") @Nullable
        Boolean suspend,

        @Size(max = 32)
        @JsonPropertyDescription("Labels to group and filter by; keys and values as in Kubernetes.")
        @Nullable
        Map<String, @Size(max = 63) String> labels) {

    static final String SET =
            "[has(self.http), has(self.tcp), has(self.tls), has(self.dns), has(self.icmp), has(self.grpc), has(self.websocket), has(self.heartbeat)]";

    static final String ONE_PROBE = "set exactly one of http, tcp, tls, dns, icmp, grpc, websocket, heartbeat; found";

    static final String FOUND =
            "(has(self.http) ? ' http' : '') + (has(self.tcp) ? ' tcp' : '') + (has(self.tls) ? ' tls' : '')"
                    + " + (has(self.dns) ? ' dns' : '') + (has(self.icmp) ? ' icmp' : '') + (has(self.grpc) ? ' grpc' : '')"
                    + " + (has(self.websocket) ? ' websocket' : '') + (has(self.heartbeat) ? ' heartbeat' : '')";

    static final String LABEL_KEY =
            "^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$";

    static final String LABEL_VALUE = "^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$";

    // as timeoutMillis() below
    static final String TIMEOUT_MILLIS =
            "(has(self.timeoutSeconds) ? self.timeoutSeconds * 1000 : self.periodSeconds < 13 ? self.periodSeconds * 800 : 10000)";

    /** A definition that says how it is checked, and nothing else. */
    public static Definition of(Probe probe) {
        DefinitionDraft draft = new DefinitionDraft();
        switch (probe) {
            case HttpProbe set -> draft.http = set;
            case TcpProbe set -> draft.tcp = set;
            case TlsProbe set -> draft.tls = set;
            case DnsProbe set -> draft.dns = set;
            case IcmpProbe set -> draft.icmp = set;
            case GrpcProbe set -> draft.grpc = set;
            case WebsocketProbe set -> draft.websocket = set;
            case HeartbeatProbe set -> draft.heartbeat = set;
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
        Map<String, Probe> set = probes();
        return set.size() == 1 ? set.values().iterator().next() : null;
    }

    /** All probes that are set, by the names of their fields; one, if the definition is right. */
    @JsonIgnore
    public Map<String, Probe> probes() {
        Map<String, Probe> set = new LinkedHashMap<>();
        set.put("http", http);
        set.put("tcp", tcp);
        set.put("tls", tls);
        set.put("dns", dns);
        set.put("icmp", icmp);
        set.put("grpc", grpc);
        set.put("websocket", websocket);
        set.put("heartbeat", heartbeat);
        set.values().removeIf(Objects::isNull);
        return set;
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

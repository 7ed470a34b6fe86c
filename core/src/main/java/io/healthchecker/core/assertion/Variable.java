package io.healthchecker.core.assertion;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HeartbeatProbe;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.crds.probe.Probe;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TlsProbe;
import io.healthchecker.crds.probe.WebsocketProbe;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** What an expression may ask for. Each kind of probe has some of them, and an expression that asks for another is refused. */
@SuppressWarnings("ImmutableEnumChecker") // its functions read, and hold nothing
public enum Variable {
    STATUS("status", SimpleType.INT, "Status of the last answer.", scene ->
            (long) scene.answer().status()),
    REDIRECTS(
            "redirects",
            ListType.create(SimpleType.INT),
            "Statuses of the redirects that were followed, in order.",
            scene -> scene.answer().redirects().stream().map(Integer::longValue).toList()),
    HEADERS(
            "headers",
            MapType.create(SimpleType.STRING, SimpleType.STRING),
            "Headers of the last answer by lower-case name; several values of a name are joined by \", \".",
            Scene::headers),
    BODY("body", SimpleType.STRING, "The first 65536 bytes of the body, decompressed.", Scene::body),
    JSON("json", SimpleType.DYN, "The body as JSON. 1 and 1.0 are equal; \"3\" is not a number.", Scene::json),
    LATENCY(
            "latencyMillis",
            SimpleType.INT,
            "Milliseconds that the check took.",
            scene -> scene.timing().latency() / 1_000),
    DNS_MILLIS(
            "phases.dnsMillis",
            SimpleType.DOUBLE,
            "Milliseconds of looking the name up.",
            scene -> millis(scene.timing().dns())),
    CONNECT_MILLIS(
            "phases.connectMillis",
            SimpleType.DOUBLE,
            "Milliseconds of connecting.",
            scene -> millis(scene.timing().connect())),
    TLS_MILLIS(
            "phases.tlsMillis",
            SimpleType.DOUBLE,
            "Milliseconds of the TLS handshake.",
            scene -> millis(scene.timing().tls())),
    FIRST_BYTE_MILLIS(
            "phases.firstByteMillis",
            SimpleType.DOUBLE,
            "Milliseconds until the first byte came.",
            scene -> millis(scene.timing().firstByte())),
    TRANSFER_MILLIS(
            "phases.transferMillis",
            SimpleType.DOUBLE,
            "Milliseconds from the first byte to the last.",
            scene -> millis(scene.timing().transfer())),
    CERTIFICATE_SUBJECT(
            "certificate.subject",
            SimpleType.STRING,
            "Distinguished name of the server's certificate.",
            scene -> scene.certificate().subject()),
    CERTIFICATE_ISSUER(
            "certificate.issuer",
            SimpleType.STRING,
            "Distinguished name of who signed it.",
            scene -> scene.certificate().issuer()),
    CERTIFICATE_NAMES(
            "certificate.names",
            ListType.create(SimpleType.STRING),
            "DNS names and addresses that it was issued for.",
            scene -> scene.certificate().names()),
    CERTIFICATE_NOT_BEFORE(
            "certificate.notBefore",
            SimpleType.TIMESTAMP,
            "Since when it is valid.",
            scene -> scene.certificate().notBefore()),
    CERTIFICATE_NOT_AFTER(
            "certificate.notAfter",
            SimpleType.TIMESTAMP,
            "Until when it is valid.",
            scene -> scene.certificate().notAfter()),
    CERTIFICATE_DAYS_LEFT(
            "certificate.daysLeft",
            SimpleType.INT,
            "Whole days for which it is still valid.",
            scene -> Duration.between(scene.now(), scene.certificate().notAfter())
                    .toDays()),
    CERTIFICATE_FINGERPRINT(
            "certificate.fingerprint",
            SimpleType.STRING,
            "Its SHA-256, in lower-case hexadecimal digits.",
            scene -> scene.certificate().fingerprint()),
    CERTIFICATE_PROTOCOL(
            "certificate.protocol",
            SimpleType.STRING,
            "Version of TLS, such as \"TLSv1.3\".",
            scene -> scene.certificate().protocol()),
    CERTIFICATE_CIPHER(
            "certificate.cipher",
            SimpleType.STRING,
            "Cipher of the connection, such as \"TLS_AES_128_GCM_SHA256\".",
            scene -> scene.certificate().cipher()),
    DNS_CODE(
            "dns.code",
            SimpleType.STRING,
            "Code of the answer, such as \"NOERROR\".",
            scene -> scene.dns().code()),
    DNS_VALUES(
            "dns.values",
            ListType.create(SimpleType.STRING),
            "Records of the type that was asked for.",
            scene -> scene.dns().values()),
    DNS_ALIASES(
            "dns.aliases",
            ListType.create(SimpleType.STRING),
            "Aliases on the way to them.",
            scene -> scene.dns().aliases()),
    DNS_TTL("dns.ttlSeconds", SimpleType.INT, "Smallest time to live among the records.", scene ->
            (long) scene.dns().ttlSeconds()),
    DNS_FLAGS(
            "dns.flags",
            ListType.create(SimpleType.STRING),
            "Flags of the answer, such as \"AD\".",
            scene -> scene.dns().flags()),
    DNS_AUTHORITY(
            "dns.authority",
            ListType.create(SimpleType.STRING),
            "Records of the authority section.",
            scene -> scene.dns().authority()),
    PING_LOSS("ping.lossPercent", SimpleType.INT, "Echo requests without a reply, in percent.", scene ->
            (long) scene.ping().lossPercent()),
    PING_RTT(
            "ping.rttMillis",
            SimpleType.DOUBLE,
            "Mean of the round trips in milliseconds.",
            scene -> millis(scene.ping().meanMicros())),
    GRPC_STATUS("grpc.status", SimpleType.INT, "Number of the status, 0 to 16.", scene ->
            (long) scene.grpc().status()),
    GRPC_NAME(
            "grpc.name",
            SimpleType.STRING,
            "Name of the status, such as \"OK\".",
            scene -> scene.grpc().name()),
    GRPC_MESSAGE(
            "grpc.message",
            SimpleType.STRING,
            "Message that came with the status.",
            scene -> scene.grpc().message()),
    GRPC_SERVING(
            "grpc.serving",
            SimpleType.STRING,
            "What the health service said, such as \"SERVING\".",
            scene -> scene.grpc().serving()),
    IP("ip", SimpleType.STRING, "Address that was connected to.", Scene::ip),
    CAPTURES(
            "captures",
            MapType.create(SimpleType.STRING, SimpleType.STRING),
            "Values taken from the answers of earlier steps, by name.",
            scene -> scene.answer().facts().captures());

    private final String text;
    private final CelType type;
    private final String description;
    private final Function<Scene, Object> read;

    Variable(String text, CelType type, String description, Function<Scene, Object> read) {
        this.text = text;
        this.type = type;
        this.description = description;
        this.read = read;
    }

    /** Those that a kind of probe has; none for a kind that cannot be checked yet. */
    public static Set<Variable> of(Probe probe) {
        return switch (probe) {
            case HttpProbe http ->
                all(
                        connection(),
                        certificate(),
                        http.steps() == null ? EnumSet.noneOf(Variable.class) : EnumSet.of(CAPTURES),
                        EnumSet.of(STATUS, REDIRECTS, HEADERS, BODY, JSON),
                        EnumSet.of(TLS_MILLIS, FIRST_BYTE_MILLIS, TRANSFER_MILLIS));
            case TcpProbe tcp ->
                all(
                        connection(),
                        encryption(Boolean.TRUE.equals(tcp.tls()) || tcp.startTls() != null),
                        tcp.steps() == null ? EnumSet.noneOf(Variable.class) : EnumSet.of(CAPTURES),
                        tcp.steps() == null && tcp.startTls() == null
                                ? EnumSet.noneOf(Variable.class)
                                : EnumSet.of(FIRST_BYTE_MILLIS, TRANSFER_MILLIS));
            case DnsProbe dns ->
                all(
                        connection(),
                        encryption("TLS".equals(dns.transport()) || "HTTPS".equals(dns.transport())),
                        EnumSet.of(FIRST_BYTE_MILLIS, TRANSFER_MILLIS),
                        EnumSet.range(DNS_CODE, DNS_AUTHORITY));
            case IcmpProbe _ -> EnumSet.of(LATENCY, DNS_MILLIS, PING_LOSS, PING_RTT);
            case TlsProbe _ -> all(connection(), encryption(true));
            case GrpcProbe grpc ->
                all(
                        connection(),
                        encryption(Boolean.TRUE.equals(grpc.tls())),
                        EnumSet.of(FIRST_BYTE_MILLIS, TRANSFER_MILLIS),
                        EnumSet.range(GRPC_STATUS, GRPC_SERVING));
            case WebsocketProbe websocket ->
                all(
                        connection(),
                        encryption(String.valueOf(websocket.url())
                                .toLowerCase(Locale.ROOT)
                                .startsWith("wss:")),
                        EnumSet.of(FIRST_BYTE_MILLIS, TRANSFER_MILLIS));
            case HeartbeatProbe _ -> EnumSet.noneOf(Variable.class);
        };
    }

    private static Set<Variable> connection() {
        return EnumSet.of(LATENCY, DNS_MILLIS, CONNECT_MILLIS, IP);
    }

    private static Set<Variable> certificate() {
        return EnumSet.range(CERTIFICATE_SUBJECT, CERTIFICATE_CIPHER);
    }

    private static Set<Variable> encryption(boolean tls) {
        return tls ? all(certificate(), EnumSet.of(TLS_MILLIS)) : EnumSet.noneOf(Variable.class);
    }

    @SafeVarargs
    private static Set<Variable> all(Set<Variable>... some) {
        EnumSet<Variable> all = EnumSet.noneOf(Variable.class);
        for (Set<Variable> each : some) {
            all.addAll(each);
        }
        return all;
    }

    private static double millis(long micros) {
        return micros / 1_000.0;
    }

    /** As an expression writes it, such as {@code certificate.daysLeft}. */
    public String text() {
        return text;
    }

    /** Such as {@code int} or {@code list(string)}; {@code dyn} is whatever the target sent. */
    public String typeName() {
        return type.name().equals("list")
                ? "list(" + type.parameters().getFirst().name() + ")"
                : type.name();
    }

    /** One sentence for a person. */
    public String description() {
        return description;
    }

    CelType type() {
        return type;
    }

    /** @throws NotThere if this answer has none */
    Object in(Scene scene) {
        return read.apply(scene);
    }
}

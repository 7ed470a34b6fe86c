package io.healthchecker.worker.check;

import io.healthchecker.core.assertion.Expectations;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.egress.TeamEgress;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HeartbeatProbe;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.crds.probe.Probe;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TlsProbe;
import io.healthchecker.crds.probe.WebsocketProbe;
import io.healthchecker.worker.dial.Conversation;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.dial.DnsNames;
import io.healthchecker.worker.dial.Lanes;
import io.healthchecker.worker.dial.Names;
import io.healthchecker.worker.dial.TargetTrust;
import io.healthchecker.worker.dial.Tls;
import io.healthchecker.worker.dial.TrustAnchors;
import io.healthchecker.worker.probe.Prober;
import io.healthchecker.worker.probe.dns.DnsProber;
import io.healthchecker.worker.probe.grpc.GrpcProber;
import io.healthchecker.worker.probe.http.HttpProber;
import io.healthchecker.worker.probe.icmp.IcmpProber;
import io.healthchecker.worker.probe.tcp.TcpProber;
import io.healthchecker.worker.probe.tls.TlsProber;
import io.healthchecker.worker.probe.websocket.WebsocketProber;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that makes checks: its threads, its door to targets, and a prober for each kind of probe. */
public final class Probers implements AutoCloseable {
    // the JDK's own property, so that both know the same hosts
    private static final Path HOSTS = Path.of(System.getProperty("jdk.net.hosts.file", "/etc/hosts"));

    private final Ticker ticker;
    private final Names names;
    private final Lanes lanes;
    private final Dialer dialer;
    private final ExecutorService judges;
    private final Certificates certificates;
    private final String userAgent;

    private Probers(ProbeSettings settings, List<InetSocketAddress> own, Names names, Ticker ticker) {
        this.ticker = ticker;
        this.certificates = new Certificates(ticker);
        this.names = names;
        this.lanes = new Lanes(settings.threadCount(), settings.handshakes(), ticker);
        OwnEndpoints egress = new OwnEndpoints(settings.egress().rules(), own, names, lanes.next());
        TargetTrust trust = new TargetTrust(TrustAnchors.read(settings.trustedCertificates()), ticker);
        this.dialer = new Dialer(names, egress, new Tls(trust), ticker);
        this.judges = Executors.newFixedThreadPool(
                Math.max(1, settings.threadCount() / 2),
                Thread.ofPlatform().daemon().name("judge-", 0).factory());
        String version = Probers.class.getPackage().getImplementationVersion();
        this.userAgent = "HealthChecker/" + (version == null ? "dev" : version);
    }

    /**
     * Opens them, looking names up as this machine does.
     *
     * @param own where the product's own PostgreSQL and Redis listen, resolved or not: never dialled
     */
    public static Probers open(ProbeSettings settings, List<InetSocketAddress> own, Ticker ticker) {
        return open(settings, own, new DnsNames(HOSTS, ticker), ticker);
    }

    /** Opens them with names of one's own; they are closed with the probers. */
    public static Probers open(ProbeSettings settings, List<InetSocketAddress> own, Names names, Ticker ticker) {
        return new Probers(settings, own, names, ticker);
    }

    /**
     * Makes a definition ready to be checked, again and again and from any thread.
     *
     * @throws IllegalArgumentException if it cannot be checked, naming the field; {@code DefinitionRules} would have
     *     refused it
     */
    public Check prepare(Definition definition) {
        return prepare(definition, dialer);
    }

    /** The same for one team, which may dial less. */
    public Check prepare(Definition definition, Supplier<TeamEgress.Judge> team) {
        return prepare(definition, dialer.within(team));
    }

    private Check prepare(Definition definition, Dialer door) {
        Probe probe = definition.probe();
        if (probe == null) {
            throw new IllegalArgumentException("set exactly one probe");
        }
        Expectations expected = Expectations.of(definition);
        Prober prober = switch (probe) {
            case GrpcProbe grpc -> new GrpcProber(grpc, expected, door, userAgent);
            case HttpProbe http ->
                new HttpProber(http, expected, new HttpProber.Surroundings(door, userAgent, judges, ticker));
            case TcpProbe tcp -> new TcpProber(tcp, door);
            case TlsProbe tls -> new TlsProber(tls, door);
            case DnsProbe dns -> new DnsProber(dns, door);
            case IcmpProbe icmp -> new IcmpProber(icmp, (int) definition.timeoutMillis(), door);
            case WebsocketProbe websocket -> new WebsocketProber(websocket, expected, door, userAgent);
            case HeartbeatProbe _ -> attempt -> attempt.unable("nothing can be probed: a heartbeat reports by itself");
        };
        return new Check(this, definition, prober, new Judgement(expected, definition.degradedAfterMillis(), ticker));
    }

    /** Checks a definition once, now, on nobody's behalf; see {@link Check#run}. */
    public CompletionStage<CheckResult> probe(Definition definition) {
        return prepare(definition).run(new Job(0, ticker.epochMillis(), 0, 0, JobKind.MANUAL));
    }

    /** The same, with everything that the result was judged by. */
    public CompletionStage<Examined> examine(Definition definition) {
        return examine(definition, dialer);
    }

    /**
     * The same, with every word of the conversation but secrets: values of headers are never told.
     *
     * @param lines called on the threads of lanes
     */
    public CompletionStage<Examined> examine(Definition definition, Consumer<String> lines) {
        List<String> secrets = new ArrayList<>();
        for (String value : DefinitionJson.values(definition)) {
            secrets.add(value);
            secrets.addAll(List.of(value.split(" ", -1)));
        }
        return examine(definition, dialer.overheard(new Conversation(lines, secrets)));
    }

    private CompletionStage<Examined> examine(Definition definition, Dialer door) {
        return prepare(definition, door).examine(new Job(0, ticker.epochMillis(), 0, 0, JobKind.MANUAL));
    }

    /** Runs what begins checks on a thread on which they go on, so that it is woken once for several. */
    public Executor executor() {
        return task -> lanes.next().take(task);
    }

    /** What checks of services have seen of certificates. */
    public Certificates certificates() {
        return certificates;
    }

    Ticker ticker() {
        return ticker;
    }

    Lanes lanes() {
        return lanes;
    }

    ExecutorService judges() {
        return judges;
    }

    /** Ends the threads. Checks that are under way have no result. */
    @Override
    public void close() {
        names.close();
        lanes.close();
        judges.shutdownNow();
    }
}

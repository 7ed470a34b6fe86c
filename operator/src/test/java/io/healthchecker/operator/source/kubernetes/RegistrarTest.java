package io.healthchecker.operator.source.kubernetes;

import static io.healthchecker.operator.source.kubernetes.Resources.annotated;
import static io.healthchecker.operator.source.kubernetes.Resources.http;
import static io.healthchecker.operator.source.kubernetes.Resources.resource;
import static io.healthchecker.operator.source.kubernetes.Resources.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.core.secret.SecretCipher.Unreadable;
import io.healthchecker.core.secret.ServiceSecretTable;
import io.healthchecker.core.service.KubernetesClusterTable;
import io.healthchecker.core.service.KubernetesServiceTable;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.ResourceName;
import io.healthchecker.core.service.SecretReference;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.ServiceAnnotation;
import io.healthchecker.operator.source.kubernetes.SweepPlan.Scope;
import io.healthchecker.operator.status.Acceptance;
import io.healthchecker.operator.status.Acceptance.Accepted;
import io.healthchecker.operator.status.Acceptance.Refused;
import io.healthchecker.operator.status.Acceptance.Waiting;
import io.healthchecker.operator.status.StatusReason;
import io.healthchecker.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class RegistrarTest {
    private static final SecretCipher CIPHER = SecretCipher.of(new Secret("0123456789abcdef0123456789abcdef"));
    private static final Scope EVERYTHING = new Scope(_ -> true, _ -> true, _ -> false);

    private final DataSource database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    private final KubernetesServiceTable resources = new KubernetesServiceTable(jdbc);
    private final AnsweringCluster cluster = new AnsweringCluster();
    private final Map<String, Secret> secrets = new HashMap<>();
    private final AtomicInteger commits = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Replica replica = new Replica("default");

    @Test
    void aResourceBecomesAServiceOfItsNamespacesTeam() {
        long id = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));

        Service service = service(id);
        assertThat(service.name()).isEqualTo("shop/checkout");
        assertThat(service.owner()).isEqualTo("default/shop/checkout");
        assertThat(service.source()).isEqualTo(Source.KUBERNETES);
        assertThat(service.definition()).isEqualTo(http("http://shop/a"));
        assertThat(teamName(service)).isEqualTo("shop");
        assertThat(commits.get()).isOne();
    }

    @Test
    void whatIsStoredAlreadyIsNotWrittenAgainNorByTheNextLeader() {
        long id = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));
        long writes = writes();

        replica.apply(resource("shop", "checkout", "u1", 1, http("http://shop/a")));
        replica = new Replica("default");
        assertThat(accepted(apply("shop", "checkout", "u1", 1, "http://shop/a")))
                .isEqualTo(id);
        assertThat(writes()).isEqualTo(writes);
        assertThat(commits.get()).isOne();
    }

    @Test
    void aNewGenerationChangesTheService() {
        long id = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));

        assertThat(accepted(apply("shop", "checkout", "u1", 2, "http://shop/b")))
                .isEqualTo(id);
        assertThat(service(id).definition()).isEqualTo(http("http://shop/b"));
        assertThat(service(id).version()).isEqualTo(2);
    }

    @Test
    void anOlderGenerationChangesNothing() {
        long id = accepted(apply("shop", "checkout", "u1", 5, "http://shop/new"));
        Replica late = replica;
        late.ledger.remove("u1"); // as if it had never heard of the newer one

        assertThat(late.apply(resource("shop", "checkout", "u1", 4, http("http://shop/old"))))
                .isEmpty();
        assertThat(service(id).definition()).isEqualTo(http("http://shop/new"));
        assertThat(meters.get("hc.source.kubernetes.fenced").counter().count()).isOne();
    }

    @Test
    void aZombieLeaderWritesNothing() {
        long id = accepted(apply("shop", "checkout", "u1", 5, "http://shop/now"));
        Replica zombie = replica;
        replica = new Replica("default");

        assertThatThrownBy(() -> zombie.apply(resource("shop", "checkout", "u1", 6, http("http://shop/zombie"))))
                .isInstanceOf(Overthrown.class);
        assertThatThrownBy(() -> zombie.apply(resource("shop", "ghost", "u9", 1, http("http://shop/ghost"))))
                .isInstanceOf(Overthrown.class);
        assertThatThrownBy(() -> zombie.registrar.gone("u1")).isInstanceOf(Overthrown.class);
        assertThatThrownBy(() -> zombie.sweep.once(Set::of, EVERYTHING)).isInstanceOf(Overthrown.class);
        assertThat(service(id).definition()).isEqualTo(http("http://shop/now"));
        assertThat(living()).hasSize(1);
    }

    @Test
    void aDeletedResourceTakesItsServiceAlongAndItsHistoryStays() {
        long id = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));

        assertThat(replica.registrar.gone("u1")).isTrue();
        assertThat(replica.registrar.gone("u1")).as("again").isFalse();
        assertThat(living()).isEmpty();
        assertThat(new ServiceTable(jdbc).names(List.of(id))).containsEntry(id, "shop/checkout");
    }

    @Test
    void aReplicaThatIsBehindDoesNotBringBackWhatIsGone() {
        accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));
        replica.registrar.gone("u1");

        cluster.exists = Existence.GONE;
        assertThat(replica.apply(resource("shop", "checkout", "u1", 2, http("http://shop/a"))))
                .isEmpty();
        cluster.exists = Existence.UNKNOWN;
        assertThat(replica.apply(resource("shop", "checkout", "u1", 2, http("http://shop/a"))))
                .isEmpty();
        assertThat(living()).isEmpty();

        cluster.exists = Existence.EXISTS; // it was removed by mistake
        accepted(replica.apply(resource("shop", "checkout", "u1", 2, http("http://shop/a"))));
        assertThat(living()).hasSize(1);
    }

    @Test
    void aResourceThatIsMadeAnewIsANewService() {
        long first = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));

        long second = accepted(apply("shop", "checkout", "u2", 1, "http://shop/b"));
        assertThat(second).isNotEqualTo(first);
        assertThat(living()).containsExactly(second);
        assertThat(replica.registrar.gone("u1")).as("its late deletion").isFalse();
        assertThat(living()).containsExactly(second);
    }

    @Test
    void theSameNameInTwoClustersIsTwoServices() {
        long here = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));
        long there = accepted(new Replica("west").apply(resource("shop", "checkout", "u1", 1, http("http://shop/b"))));

        assertThat(there).isNotEqualTo(here);
        assertThat(service(there).name()).isEqualTo("west/shop/checkout");
        assertThat(teamName(service(there))).isEqualTo("west/shop");
        assertThat(living()).containsExactlyInAnyOrder(here, there);
    }

    @Test
    void aNamespaceMayNameItsTeam() {
        cluster.teams.put("shop", "payments");
        cluster.teams.put("bank", "payments");

        Service one = service(accepted(apply("shop", "checkout", "u1", 1, "http://shop/a")));
        Service other = service(accepted(apply("bank", "checkout", "u2", 1, "http://bank/a")));
        assertThat(one.teamId()).isEqualTo(other.teamId());
        assertThat(teamName(one)).isEqualTo("payments");
    }

    @Test
    void theFirstResourcesOfANamespaceAgreeOnItsTeam() {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                int number = i;
                threads.execute(() -> apply("shop", "hcs-" + number, "u" + number, 1, "http://shop/a"));
            }
        }
        assertThat(living()).hasSize(8);
        assertThat(jdbc.sql("SELECT DISTINCT team_id FROM service")
                        .query(Integer.class)
                        .list())
                .hasSize(1);
        assertThat(jdbc.sql("SELECT count(*) FROM team").query(Integer.class).single())
                .isOne();
    }

    @Test
    void aNamespaceThatChangesItsTeamTakesItsServicesThere() {
        long before = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));
        cluster.teams.put("shop", "payments");

        assertThat(replica.teams.refresh(List.of("shop"))).containsExactly("shop");
        long after = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));
        assertThat(teamName(service(after))).isEqualTo("payments");
        assertThat(living()).containsExactly(after).doesNotContain(before);
        assertThat(replica.teams.refresh(List.of("shop"))).isEmpty();
    }

    @Test
    void aTeamThatDoesNotExistIsWaitedFor() {
        cluster.teams.put("shop", "77");

        assertThat(apply("shop", "checkout", "u1", 1, "http://shop/a"))
                .contains(new Waiting(
                        StatusReason.NO_TEAM,
                        "healthchecker.io/team of Namespace shop is 77; no team has that id: set the id or the name of one",
                        null));
    }

    @Test
    void whatBreaksARuleIsRefusedAndTheOldDefinitionGoesOn() {
        long id = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));
        var wrong = http("http://shop/a").with(draft -> {
            draft.periodSeconds = 5;
            draft.timeoutSeconds = 7;
        });

        assertThat(replica.apply(resource("shop", "checkout", "u1", 2, wrong)))
                .contains(new Refused(
                        StatusReason.INVALID_DEFINITION,
                        "timeoutSeconds is 7; it must be below periodSeconds (5)",
                        id));
        assertThat(replica.apply(resource("shop", "other", "u2", 1, null)))
                .contains(new Refused(
                        StatusReason.INVALID_DEFINITION, "spec is missing; say what is to be checked", null));
        assertThat(service(id).definition()).isEqualTo(http("http://shop/a"));
    }

    @Test
    void aNameThatSomebodyElseHasIsRefused() {
        long id = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));
        create(service(id).teamId(), "shop/cart");

        assertThat(apply("shop", "cart", "u2", 1, "http://shop/cart"))
                .contains(new Refused(
                        StatusReason.NAME_TAKEN,
                        "name \"shop/cart\" is taken by another service of this team; choose another one",
                        null));
    }

    @Test
    void aServiceIsAdoptedWithItsHistoryAndAskedForOnce() {
        int team = service(accepted(apply("shop", "first", "u0", 1, "http://shop/0")))
                .teamId();
        Service made = create(team, "by hand");
        HealthCheckService adopting = annotated(
                resource("shop", "checkout", "u1", 1, http("http://shop/a")),
                ServiceAnnotation.ADOPT,
                made.id() + " since 2026");

        assertThat(accepted(replica.apply(adopting))).isEqualTo(made.id());
        assertThat(service(made.id()).name()).isEqualTo("shop/checkout");
        assertThat(service(made.id()).source()).isEqualTo(Source.KUBERNETES);

        takeBack(made.id(), team);
        replica = new Replica("default");
        assertThat(replica.apply(adopting).orElseThrow())
                .as("the same request does not fight with whoever took it back")
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(StatusReason.OWNED_ELSEWHERE));
        assertThat(replica.registrar.gone("u1")).as("not ours to remove").isFalse();
        assertThat(service(made.id()).source()).isEqualTo(Source.REST);
    }

    @Test
    void aServiceThatSomebodyElseAdoptsIsMissedSoon() {
        long id = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));
        accepted(apply("shop", "cart", "u2", 1, "http://shop/cart"));
        var departures = new Departures(replica.ledger, jdbc);
        assertThat(departures.look()).isEmpty();

        accepted(apply("shop", "checkout", "u1", 2, "http://shop/b"));
        assertThat(departures.look()).as("what we wrote ourselves").isEmpty();
        takeBack(id, service(id).teamId());
        assertThat(departures.look()).containsExactly("u1");
        assertThat(departures.look()).isEmpty();
        assertThat(apply("shop", "checkout", "u1", 2, "http://shop/b").orElseThrow())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(StatusReason.OWNED_ELSEWHERE));
    }

    @Test
    void aServiceOfAnotherTeamIsNotAdopted() {
        int stranger = jdbc.sql("INSERT INTO team (name) VALUES ('strangers') RETURNING id")
                .query(Integer.class)
                .single();
        Service theirs = create(stranger, "theirs");

        long id = accepted(replica.apply(annotated(
                resource("shop", "checkout", "u1", 1, http("http://shop/a")),
                ServiceAnnotation.ADOPT,
                Long.toString(theirs.id()))));
        assertThat(id).isNotEqualTo(theirs.id());
        assertThat(service(theirs.id()).source()).isEqualTo(Source.REST);
    }

    @Test
    void secretsAreStoredEncryptedAndFollowed() throws Unreadable {
        var definition = withToken("http://shop/a", "probe", "token");
        assertThat(replica.apply(resource("shop", "checkout", "u1", 1, definition)))
                .contains(new Waiting(
                        StatusReason.SECRET_NOT_FOUND, "Secret probe is not there, or lacks the label", null));

        secrets.put("shop/probe/token", new Secret("Bearer s3cr3t"));
        long id = accepted(replica.apply(resource("shop", "checkout", "u1", 1, definition)));
        assertThat(opened(id)).isEqualTo(new Secret("Bearer s3cr3t"));
        assertThat(everythingStored()).doesNotContain("s3cr3t");

        secrets.put("shop/probe/token", new Secret("Bearer rotated"));
        accepted(replica.apply(resource("shop", "checkout", "u1", 1, definition)));
        assertThat(opened(id)).isEqualTo(new Secret("Bearer rotated"));
        assertThat(service(id).version()).as("workers read it again").isEqualTo(2);

        accepted(apply("shop", "checkout", "u1", 2, "http://shop/without"));
        assertThat(new ServiceSecretTable(jdbc).of(List.of(id))).isEmpty();
    }

    @Test
    void aSweepRemovesWhatTheApiServerDoesNotHave() {
        long kept = accepted(apply("shop", "a", "u1", 1, "http://shop/a"));
        accepted(apply("shop", "b", "u2", 1, "http://shop/b"));

        cluster.exists = Existence.EXISTS;
        assertThat(replica.sweep.once(() -> Set.of("u1"), EVERYTHING).removed())
                .as("the informer was behind")
                .isZero();
        cluster.exists = Existence.UNKNOWN;
        assertThat(replica.sweep.once(() -> Set.of("u1"), EVERYTHING).removed())
                .as("nobody knows")
                .isZero();
        cluster.exists = Existence.GONE;
        assertThat(replica.sweep.once(() -> Set.of("u1"), EVERYTHING).removed()).isOne();
        assertThat(living()).containsExactly(kept);

        cluster.exists = Existence.UNKNOWN; // we may not read in it, since the namespace is gone and the right with it
        cluster.goneNamespaces.add("shop");
        assertThat(replica.sweep.once(Set::of, EVERYTHING).removed()).isOne();
        assertThat(living()).isEmpty();
    }

    @Test
    void aNarrowedScopeRemovesNothingAndIsSeen() {
        accepted(apply("shop", "a", "u1", 1, "http://shop/a"));
        accepted(apply("bank", "b", "u2", 1, "http://bank/b"));
        cluster.exists = Existence.GONE; // as a mistaken API server would say

        var swept = replica.sweep.once(() -> Set.of("u1"), new Scope("shop"::equals, _ -> true, _ -> true));
        assertThat(swept.removed()).isZero();
        assertThat(swept.kept()).isOne();
        assertThat(living()).hasSize(2);
        assertThat(meters.get("hc.source.kubernetes.kept").gauge().value()).isOne();
        assertThat(new KubernetesClusterTable(jdbc).all().getFirst().sweepProblem())
                .contains("nobody watches their namespaces any more (bank)");
    }

    private final class Replica {
        final Ledger ledger = new Ledger();
        final NamespaceTeams teams;
        final Registrar registrar;
        final Sweep sweep;

        Replica(String clusterId) {
            var term = new KubernetesClusterTable(jdbc).begin(clusterId, "test");
            resources.living(clusterId).forEach(ledger::put);
            var metrics = new KubernetesMetrics(meters);
            teams = new NamespaceTeams(clusterId, null, cluster, jdbc, transactions);
            var writer = new ServiceWriter(term, CIPHER, jdbc, transactions);
            registrar = new Registrar(
                    ledger,
                    writer,
                    new Registrar.Surroundings(teams, RegistrarTest.this::secret, CIPHER, cluster),
                    metrics,
                    commits::incrementAndGet);
            sweep = new Sweep(ledger, writer, registrar, cluster, jdbc, new Sweep.Limit(30, _ -> {}), metrics);
        }

        Optional<Acceptance> apply(HealthCheckService resource) {
            return registrar.apply(resource);
        }
    }

    private static final class AnsweringCluster implements ClusterView {
        final Map<String, String> teams = new HashMap<>();
        final Set<String> goneNamespaces = new HashSet<>();
        Existence exists = Existence.UNKNOWN;

        @Override
        public Existence resource(ResourceName name, String uid) {
            return exists;
        }

        @Override
        public Existence namespace(String namespace) {
            return goneNamespaces.contains(namespace) ? Existence.GONE : exists;
        }

        @Override
        public Optional<String> team(String namespace) {
            return Optional.ofNullable(teams.get(namespace));
        }

        @Override
        public Optional<String> identity() {
            return Optional.of("this one");
        }
    }

    private Secret secret(String namespace, SecretReference reference) throws SecretValues.Missing {
        Secret secret = secrets.get(namespace + "/" + reference);
        if (secret == null) {
            throw new SecretValues.Missing(
                    StatusReason.SECRET_NOT_FOUND,
                    "Secret %s is not there, or lacks the label".formatted(reference.name()));
        }
        return secret;
    }

    private Optional<Acceptance> apply(String namespace, String name, String uid, long generation, String url) {
        return replica.apply(resource(namespace, name, uid, generation, http(url)));
    }

    private static long accepted(Optional<Acceptance> acceptance) {
        return ((Accepted) acceptance.orElseThrow()).serviceId();
    }

    private Service service(long id) {
        return new ServiceTable(jdbc).living(List.of(id)).getFirst();
    }

    private Service create(int team, String name) {
        return new Registration(jdbc, transactions, Ticker.system())
                .create(new NewService(team, name, Source.REST, null, http("http://rest/")));
    }

    private void takeBack(long id, int team) {
        new Registration(jdbc, transactions, Ticker.system())
                .change(id, new NewService(team, "mine again", Source.REST, null, http("http://rest/")), null);
    }

    private Secret opened(long id) throws Unreadable {
        byte[] sealed = new ServiceSecretTable(jdbc).of(List.of(id)).get(id).get("probe/token");
        return CIPHER.open(id, "probe/token", sealed);
    }

    private String teamName(Service service) {
        return jdbc.sql("SELECT name FROM team WHERE id = :id")
                .param("id", service.teamId())
                .query(String.class)
                .single();
    }

    private Set<Long> living() {
        return new HashSet<>(jdbc.sql("SELECT id FROM service WHERE deleted_at IS NULL")
                .query(Long.class)
                .list());
    }

    private long writes() {
        return jdbc.sql("SELECT coalesce(sum(version), 0) FROM service")
                        .query(Long.class)
                        .single()
                + jdbc.sql("SELECT count(*) FROM event").query(Long.class).single();
    }

    private String everythingStored() {
        return String.join(
                "\n",
                jdbc.sql(
                                "SELECT definition::text FROM service UNION ALL SELECT payload::text FROM event UNION ALL SELECT encode(sealed, 'escape') FROM service_secret UNION ALL SELECT k::text FROM kubernetes_service AS k")
                        .query(String.class)
                        .list());
    }
}

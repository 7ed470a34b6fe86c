package io.healthchecker.operator.source.kubernetes;

import static io.healthchecker.operator.source.kubernetes.Resources.http;
import static io.healthchecker.operator.source.kubernetes.Resources.resource;

import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.SecretCipher;
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
import io.healthchecker.operator.source.kubernetes.SweepPlan.Scope;
import io.healthchecker.operator.status.Acceptance;
import io.healthchecker.operator.status.Acceptance.Accepted;
import io.healthchecker.operator.status.StatusReason;
import io.healthchecker.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What is registered of a cluster that answers as it is told, and the replica that leads. */
abstract class Registry {
    static final SecretCipher CIPHER = SecretCipher.of(new Secret("0123456789abcdef0123456789abcdef"));
    static final Scope EVERYTHING = new Scope(_ -> true, _ -> true, _ -> false);

    final DataSource database = TestPostgres.freshDatabase();
    final JdbcClient jdbc = JdbcClient.create(database);
    final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    final KubernetesServiceTable resources = new KubernetesServiceTable(jdbc);
    final AnsweringCluster cluster = new AnsweringCluster();
    final Map<String, Secret> secrets = new HashMap<>();
    final AtomicInteger commits = new AtomicInteger();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Replica replica = new Replica("default");

    final class Replica {
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
                    new Registrar.Surroundings(teams, Registry.this::secret, CIPHER, cluster),
                    metrics,
                    commits::incrementAndGet);
            sweep = new Sweep(ledger, writer, registrar, cluster, jdbc, new Sweep.Limit(30, _ -> {}), metrics);
        }

        Optional<Acceptance> apply(HealthCheckService resource) {
            return registrar.apply(resource);
        }
    }

    static final class AnsweringCluster implements ClusterView {
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

    Secret secret(String namespace, SecretReference reference) throws SecretValues.Missing {
        Secret secret = secrets.get(namespace + "/" + reference);
        if (secret == null) {
            throw new SecretValues.Missing(
                    StatusReason.SECRET_NOT_FOUND,
                    "Secret %s is not there, or lacks the label".formatted(reference.name()));
        }
        return secret;
    }

    Optional<Acceptance> apply(String namespace, String name, String uid, long generation, String url) {
        return replica.apply(resource(namespace, name, uid, generation, http(url)));
    }

    static long accepted(Optional<Acceptance> acceptance) {
        return ((Accepted) acceptance.orElseThrow()).serviceId();
    }

    Service service(long id) {
        return new ServiceTable(jdbc).living(List.of(id)).getFirst();
    }

    Service create(int team, String name) {
        return new Registration(jdbc, transactions, Ticker.system())
                .create(new NewService(team, name, Source.REST, null, http("http://rest/")));
    }

    void takeBack(long id, int team) {
        new Registration(jdbc, transactions, Ticker.system())
                .change(id, new NewService(team, "mine again", Source.REST, null, http("http://rest/")), null);
    }

    String teamName(Service service) {
        return jdbc.sql("SELECT name FROM team WHERE id = :id")
                .param("id", service.teamId())
                .query(String.class)
                .single();
    }

    Set<Long> living() {
        return new HashSet<>(jdbc.sql("SELECT id FROM service WHERE deleted_at IS NULL")
                .query(Long.class)
                .list());
    }
}

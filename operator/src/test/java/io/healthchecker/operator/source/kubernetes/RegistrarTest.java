package io.healthchecker.operator.source.kubernetes;

import static io.healthchecker.operator.source.kubernetes.Resources.http;
import static io.healthchecker.operator.source.kubernetes.Resources.resource;
import static io.healthchecker.operator.source.kubernetes.Resources.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.SecretCipher.Unreadable;
import io.healthchecker.core.secret.ServiceSecretTable;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.operator.status.Acceptance.Refused;
import io.healthchecker.operator.status.Acceptance.Waiting;
import io.healthchecker.operator.status.StatusReason;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistrarTest extends Registry {
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
    void theSameNameInTwoClustersIsTwoServices() {
        long here = accepted(apply("shop", "checkout", "u1", 1, "http://shop/a"));
        long there = accepted(new Replica("west").apply(resource("shop", "checkout", "u1", 1, http("http://shop/b"))));

        assertThat(there).isNotEqualTo(here);
        assertThat(service(there).name()).isEqualTo("west/shop/checkout");
        assertThat(teamName(service(there))).isEqualTo("west/shop");
        assertThat(living()).containsExactlyInAnyOrder(here, there);
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

    private Secret opened(long id) throws Unreadable {
        byte[] sealed = new ServiceSecretTable(jdbc).of(List.of(id)).get(id).get("probe/token");
        return CIPHER.open(id, "probe/token", sealed);
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

package io.healthchecker.operator.source.kubernetes;

import static io.healthchecker.operator.source.kubernetes.Resources.annotated;
import static io.healthchecker.operator.source.kubernetes.Resources.http;
import static io.healthchecker.operator.source.kubernetes.Resources.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.ServiceAnnotation;
import io.healthchecker.operator.status.Acceptance.Refused;
import io.healthchecker.operator.status.StatusReason;
import org.junit.jupiter.api.Test;

/** Services that change hands between people and resources. */
class AdoptionTest extends Registry {
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
}

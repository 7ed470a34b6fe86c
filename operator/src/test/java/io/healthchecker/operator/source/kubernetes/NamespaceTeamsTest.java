package io.healthchecker.operator.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.service.Service;
import io.healthchecker.operator.status.Acceptance.Waiting;
import io.healthchecker.operator.status.StatusReason;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class NamespaceTeamsTest extends Registry {
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
}

package io.healthchecker.core.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.secret.ServiceSecretTable;
import io.healthchecker.core.service.InvalidDefinition;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.service.Violation;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.SecretKeyRef;
import io.healthchecker.crds.probe.ValueSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdoptionTest {
    private final Stored stored = new Stored();
    private final ServiceSecretTable secrets = new ServiceSecretTable(stored.jdbc);

    @ParameterizedTest(name = "{0} {1} to {2} {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            REST       | -                     | KUBERNETES | default/shop/checkout
            FILE       | web.yaml#shop         | KUBERNETES | default/shop/checkout
            KUBERNETES | default/shop/checkout | REST       | -
            FILE       | web.yaml#shop         | REST       | -
            """)
    void aServiceMovesWithItsIdStateAndHistory(Source from, String owner, Source to, String adopter) {
        Service before = stored.registration.create(wanted("web", from, owner));
        stored.become(before, State.DOWN);

        Service after = stored.registration
                .adopt(before.id(), wanted("shop/checkout", to, adopter), before.version())
                .orElseThrow();

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.source()).isEqualTo(to);
        assertThat(after.owner()).isEqualTo(adopter);
        assertThat(after.name()).isEqualTo("shop/checkout");
        assertThat(after.version()).isEqualTo(2);
        assertThat(stored.changes(after))
                .extracting(change -> change.cadence())
                .containsOnly(stored.changes(after).getFirst().cadence());
        assertThat(stored.transitions(after)).containsExactly("1 Unknown>Down");
        assertThat(stored.kinds(after)).endsWith("service.changed");
    }

    @Test
    void aResourceDoesNotTakeWhatIsAnothers() {
        Service theirs = stored.registration.create(wanted("a", Source.KUBERNETES, "west/shop/checkout"));

        assertThatThrownBy(() -> stored.registration.adopt(
                        theirs.id(), wanted("a", Source.KUBERNETES, "default/shop/checkout"), null))
                .isInstanceOf(OwnedElsewhere.class)
                .hasMessage(
                        "service %1$d belongs to HealthCheckService shop/checkout of cluster west; change it there, or POST /api/v1/services/%1$d/adopt",
                        theirs.id());
    }

    @Test
    void whatOneOwnsAlreadyIsNotWritten() {
        NewService same = wanted("a", Source.KUBERNETES, "default/shop/checkout");
        Service mine = stored.registration.create(same);

        assertThat(stored.registration
                        .adopt(mine.id(), same, null)
                        .orElseThrow()
                        .version())
                .isEqualTo(1);
    }

    @Test
    void anotherTeamsServiceIsNotThere() {
        Service theirs = stored.create("a");
        NewService mine =
                new NewService(stored.team("b"), "a", Source.KUBERNETES, "default/shop/checkout", theirs.definition());

        assertThat(stored.registration.adopt(theirs.id(), mine, null)).isEmpty();
    }

    @Test
    void anOlderVersionIsRefused() {
        Service service = stored.create("a");
        stored.change(service, stored.wanted("a", 30, false));

        assertThatThrownBy(() -> stored.registration.adopt(
                        service.id(), wanted("a", Source.KUBERNETES, "default/shop/checkout"), 1L))
                .isInstanceOf(VersionConflict.class);
    }

    @Test
    void secretsOfKubernetesDoNotMoveAlong() {
        Definition referring = Definition.of(HttpProbe.get("https://a.test/")
                .withHeaders(List.of(
                        new HttpHeader("X-Token", null, new ValueSource(new SecretKeyRef("checkout", "token"))))));
        Service service = stored.registration.create(
                new NewService(stored.team, "a", Source.KUBERNETES, "default/shop/checkout", referring));
        secrets.replace(service.id(), Map.of("checkout/token", new byte[] {1}));

        assertThatThrownBy(() -> stored.registration.adopt(
                        service.id(), new NewService(stored.team, "a", Source.REST, null, referring), null))
                .isInstanceOfSatisfying(
                        InvalidDefinition.class,
                        e -> assertThat(e.violations())
                                .extracting(Violation::field)
                                .containsExactly("http.headers[0].valueFrom"));
        assertThat(secrets.of(List.of(service.id()))).isNotEmpty();

        Definition written =
                referring.with(draft -> draft.http = draft.http.withHeaders(List.of(HttpHeader.of("X-Token", "abc"))));
        stored.registration.adopt(service.id(), new NewService(stored.team, "a", Source.REST, null, written), null);
        assertThat(secrets.of(List.of(service.id()))).isEmpty();
    }

    private NewService wanted(String name, Source source, String owner) {
        NewService rest = stored.wanted(name, 60, false);
        return new NewService(rest.teamId(), name, source, owner, rest.definition());
    }
}

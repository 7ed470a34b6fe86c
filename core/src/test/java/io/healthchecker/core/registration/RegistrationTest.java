package io.healthchecker.core.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.service.InvalidDefinition;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceChange;
import io.healthchecker.core.service.ServiceChange.Op;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.verdict.State;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.TcpProbe;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private final Stored stored = new Stored();

    @AfterEach
    void eventIdsAreDense() {
        assertThat(stored.events.after(0, 10_000))
                .extracting(event -> event.id())
                .containsExactlyElementsOf(java.util.stream.LongStream.rangeClosed(1, stored.events.lastId())
                        .boxed()
                        .toList());
    }

    @Test
    void aNewServiceIsUnknownAndDueAtOnce() {
        Service service = stored.create("web");

        assertThat(service.id()).isEqualTo(1);
        assertThat(service.version()).isEqualTo(1);
        assertThat(state(service)).isEqualTo(State.UNKNOWN);
        ServiceChange change = stored.changes(service).getFirst();
        assertThat(change.op()).isEqualTo(Op.CREATED);
        assertThat(change.active()).isTrue();
        assertThat(change.effectiveMillis()).isEqualTo(change.atMillis() + 3_000);
        assertThat(stored.kinds(service)).containsExactly("service.created");
    }

    @Test
    void aServiceMayBeBornSuspended() {
        Service service = stored.registration.create(stored.wanted("web", 60, true));

        assertThat(state(service)).isEqualTo(State.SUSPENDED);
        assertThat(stored.changes(service).getFirst().active()).isFalse();

        stored.resume(service);
        assertThat(stored.transitions(service)).containsExactly("1 Suspended>Unknown");
    }

    @Test
    void severalAreAddedOrNone() {
        stored.create("b");
        List<NewService> three =
                List.of(stored.wanted("a", 60, false), stored.wanted("b", 60, false), stored.wanted("c", 60, false));

        assertThatThrownBy(() -> stored.registration.create(three))
                .isInstanceOf(NameTaken.class)
                .hasMessage("name \"b\" is taken by another service of this team; choose another one");
        assertThat(names()).containsExactly("b");

        stored.registration.create(List.of(three.getFirst(), three.getLast()));
        assertThat(names()).containsExactly("a", "b", "c");
    }

    @Test
    void whatIsInvalidIsRefusedAsAWhole() {
        var nothing = Definition.of(TcpProbe.of("x", 1)).with(draft -> {
            draft.tcp = null;
            draft.periodSeconds = 0;
        });

        assertThatThrownBy(
                        () -> stored.registration.create(new NewService(stored.team, " ", Source.REST, null, nothing)))
                .isInstanceOfSatisfying(
                        InvalidDefinition.class,
                        e -> assertThat(e.violations())
                                .extracting(violation -> violation.field())
                                .containsExactly("name", "periodSeconds", "http"));
        assertThat(names()).isEmpty();
    }

    @Test
    void aChangeIsOneVersionAndTakesEffectThreeSecondsLater() {
        Service service = stored.create("web");
        Service changed = stored.change(service, stored.wanted("shop", 30, false));

        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.name()).isEqualTo("shop");
        ServiceChange change = stored.changes(service).getLast();
        assertThat(change.op()).isEqualTo(Op.CHANGED);
        assertThat(change.cadence().periodMillis()).isEqualTo(30_000);
        assertThat(change.effectiveMillis()).isEqualTo(change.atMillis() + 3_000);
        assertThat(stored.transitions(service)).isEmpty();
        assertThat(stored.kinds(service)).containsExactly("service.created", "service.changed");
    }

    @Test
    void whatIsThereAlreadyIsNotWritten() {
        Service service = stored.create("web");

        assertThat(stored.change(service, stored.wanted("web", 60, false)).version())
                .isEqualTo(1);
        assertThat(stored.changes(service)).hasSize(1);
        assertThat(stored.kinds(service)).containsExactly("service.created");
    }

    @Test
    void aChangeOfAnOlderVersionIsRefused() {
        Service service = stored.create("web");
        stored.change(service, stored.wanted("web", 30, false));

        assertThatThrownBy(() -> stored.registration.change(service.id(), stored.wanted("web", 10, false), 1L))
                .isInstanceOf(VersionConflict.class)
                .hasMessage("the service has version 2 by now, not 1; read it again and repeat the change");
        assertThatThrownBy(() -> stored.registration.remove(stored.team, service.id(), 1L))
                .isInstanceOf(VersionConflict.class);
        assertThat(stored.changes(service)).hasSize(2);
    }

    @Test
    void aTakenNameIsRefusedWhenItIsCreatedOrRenamedTo() {
        stored.create("web");
        Service shop = stored.create("shop");

        assertThatThrownBy(() -> stored.create("web")).isInstanceOf(NameTaken.class);
        assertThatThrownBy(() -> stored.change(shop, stored.wanted("web", 60, false)))
                .isInstanceOf(NameTaken.class);
        assertThat(names()).containsExactly("shop", "web");
    }

    @Test
    void aNameIsFreeInAnotherTeamAndAfterItsServiceIsGone() {
        Service web = stored.create("web");
        NewService same = stored.wanted("web", 60, false);
        stored.registration.create(new NewService(stored.team("b"), "web", Source.REST, null, same.definition()));

        stored.registration.remove(stored.team, web.id(), null);
        assertThat(stored.create("web").id()).isNotEqualTo(web.id());
    }

    @Test
    void anotherTeamReachesNothing() {
        Service service = stored.create("web");
        int other = stored.team("b");
        NewService theirs = new NewService(
                other, "web", Source.REST, null, stored.wanted("web", 10, false).definition());

        assertThat(stored.registration.change(service.id(), theirs, null)).isEmpty();
        assertThat(stored.registration.remove(other, service.id(), null)).isFalse();
        assertThat(stored.changes(service)).hasSize(1);
    }

    @Test
    void aRemovedServiceIsGoneAtOnceAndItsIncidentIsClosed() {
        Service service = stored.create("web");
        stored.become(service, State.DOWN);

        assertThat(stored.registration.remove(stored.team, service.id(), 1L)).isTrue();

        ServiceChange change = stored.changes(service).getLast();
        assertThat(change.op()).isEqualTo(Op.DELETED);
        assertThat(change.active()).isFalse();
        assertThat(change.effectiveMillis()).isEqualTo(change.atMillis());
        assertThat(stored.states.find(service.id())).isEmpty();
        assertThat(stored.incidents(service)).containsExactly("3 1-removed");
        assertThat(stored.kinds(service))
                .containsExactly(
                        "service.created", "state.changed", "incident.opened", "incident.closed", "service.removed");
        assertThat(stored.registration.remove(stored.team, service.id(), null)).isFalse();
        assertThat(stored.registration.change(service.id(), stored.wanted("web", 10, false), null))
                .isEmpty();
    }

    @Test
    void suspensionAndResumptionAreTransitionsOfTheirOwn() {
        Service service = stored.create("web");
        stored.become(service, State.UP);
        stored.suspend(service);
        ServiceChange suspended = stored.changes(service).getLast();
        stored.change(service, stored.wanted("renamed", 60, true));
        stored.resume(service);
        ServiceChange resumed = stored.changes(service).getLast();

        assertThat(stored.transitions(service))
                .containsExactly("1 Unknown>Up", "2 Up>Suspended", "3 Suspended>Unknown");
        assertThat(suspended.op()).isEqualTo(Op.SUSPENDED);
        assertThat(suspended.effectiveMillis()).isEqualTo(suspended.atMillis());
        assertThat(resumed.op()).isEqualTo(Op.RESUMED);
        assertThat(resumed.effectiveMillis()).isEqualTo(resumed.atMillis() + 3_000);
        assertThat(stored.states.find(service.id()).orElseThrow().known()).isEqualTo(State.UP);
    }

    private State state(Service service) {
        return stored.states.find(service.id()).orElseThrow().state();
    }

    private List<String> names() {
        return stored.jdbc
                .sql("SELECT name FROM service WHERE deleted_at IS NULL ORDER BY name")
                .query(String.class)
                .list();
    }
}

package io.healthchecker.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.secret.ServiceSecretTable;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.ServiceChangeTable;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.worker.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
    private final Installation installation = new Installation();
    private final DefinitionCache cache = new DefinitionCache(3);
    private final Definitions definitions = new Definitions(
            cache,
            new ServiceTable(installation.jdbc),
            new ServiceChangeTable(installation.jdbc),
            new ServiceChecks(
                    _ -> _ -> new CompletableFuture<>(), new ServiceSecretTable(installation.jdbc), Optional.empty()));

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void whatIsWantedIsReadAndKept() {
        Service service = installation.service(2, 1);
        assertThat(read(service)).isInstanceOf(Known.Active.class);
        assertThat(definitions.find(service.id(), 1)).isInstanceOf(Known.Active.class);
        assertThat(definitions.find(service.id(), 2))
                .as("a newer version has to be read")
                .isNull();
    }

    @Test
    void aSuspensionIsKnownAfterTheNextLookAndAResumptionToo() {
        Service service = installation.service(2, 1);
        read(service);
        Service suspended = installation.suspend(service, true);
        definitions.round();
        assertThat(definitions.find(service.id(), 1)).isEqualTo(new Known.Suspended(suspended.version()));
        installation.suspend(suspended, false);
        definitions.round();
        assertThat(definitions.find(service.id(), 3)).isInstanceOf(Known.Active.class);
    }

    @Test
    void aDeletedServiceIsGoneForGood() {
        Service service = installation.service(2, 1);
        read(service);
        installation.remove(service);
        definitions.round();
        assertThat(definitions.find(service.id(), 99)).isInstanceOf(Known.Gone.class);
        assertThat(read(service)).isInstanceOf(Known.Gone.class);
    }

    @Test
    void aDefinitionThatCannotBeReadSpoilsNoOther() {
        Service good = installation.service(2, 1);
        Service bad = installation.service(2, 1);
        installation
                .jdbc
                .sql("UPDATE service SET definition = '{\"http\": [1]}' WHERE id = :id")
                .param("id", bad.id())
                .update();
        definitions.round();
        List<Known> read = new ArrayList<>();
        definitions.read(good.id(), reader(read));
        definitions.read(bad.id(), reader(read));
        definitions.round();
        assertThat(read).hasSize(2).hasAtLeastOneElementOfType(Known.Active.class);
        assertThat(read).hasAtLeastOneElementOfType(Known.Unreadable.class);
    }

    @Test
    void noMoreIsKeptThanThereIsRoomFor() {
        for (int i = 0; i < 10; i++) {
            Service service = installation.service(2, 1);
            read(service);
            assertThat(definitions.find(service.id(), 1)).isNotNull();
            assertThat(cache.size()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void whileTheDatabaseIsAwayReadersAreAskedWhetherTheyWaitOn() {
        Service service = installation.service(2, 1);
        definitions.round();
        List<Known> read = new ArrayList<>();
        definitions.read(service.id(), reader(read));
        installation.goAway();
        try {
            definitions.round();
            assertThat(read).isEmpty();
        } finally {
            installation.comeBack();
        }
        org.awaitility.Awaitility.await().until(() -> {
            definitions.round();
            return read.size() == 1;
        });
    }

    private Known read(Service service) {
        List<Known> read = new ArrayList<>();
        definitions.round();
        definitions.read(service.id(), reader(read));
        definitions.round();
        return read.getFirst();
    }

    private static Definitions.Reader reader(List<Known> read) {
        return new Definitions.Reader() {
            @Override
            public void read(Known known) {
                read.add(known);
            }

            @Override
            public boolean waitsOn() {
                return true;
            }
        };
    }
}

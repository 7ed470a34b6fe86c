package io.healthchecker.core.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.feed.Event;
import io.healthchecker.core.feed.StoredEvent;
import io.healthchecker.core.registration.Stored;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.verdict.ServiceState;
import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionLogTest {
    private static final Stored STORED = new Stored();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Stored stored = STORED;

    /**
     * U up, G degraded, D down, ? unknown, S suspended, R resumed. Incidents are written {@code worst opened-closed}, worst
     * 2 for Degraded and 3 for Down; told is what the inherited feed says.
     */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            the first verdict is no news            | U           | -                | -
            born down                               | D           | 3 1-open         | -
            down and up                             | U D U       | 3 2-3            | DOWN UP
            down twice                              | U D U D U   | 3 2-3, 3 4-5     | DOWN UP DOWN UP
            slow, then dead: one incident           | U G D U     | 3 2-4            | DOWN UP
            dead, then slow: not over yet           | U D G U     | 3 2-4            | DOWN UP
            only slow                               | U G U       | 2 2-3            | -
            nobody can tell, and it is up again     | U ? U       | -                | -
            nobody can tell whether it is over      | U D ? U     | 3 2-4            | DOWN UP
            still down after nobody could tell      | U D ? D U   | 3 2-5            | DOWN UP
            down while nobody could tell            | U ? D       | 3 3-open         | DOWN
            T30a: down, suspended, recovers         | U D S R U   | 3 2-5            | DOWN UP
            T30b: down, suspended, still dead       | U D S R D   | 3 2-open         | DOWN
            T30c: up, suspended, up again           | U S R U     | -                | -
            up, suspended, dead after it            | U S R D     | 3 4-open         | DOWN
            suspended before the first verdict      | S R D       | 3 3-open         | -
            """)
    void incidentsOpenWhenItGetsBadAndCloseWhenItIsUp(String title, String states, String incidents, String told) {
        Service service = stored.create("web" + NAMES.incrementAndGet());
        for (String state : states.split(" ")) {
            switch (state) {
                case "U" -> stored.become(service, State.UP);
                case "G" -> stored.become(service, State.DEGRADED);
                case "D" -> stored.become(service, State.DOWN);
                case "?" -> stored.become(service, State.UNKNOWN);
                case "S" -> stored.suspend(service);
                case "R" -> stored.resume(service);
                default -> throw new IllegalArgumentException(state);
            }
        }

        assertThat(String.join(", ", stored.incidents(service))).isEqualTo(incidents == null ? "" : incidents);
        assertThat(String.join(" ", inherited(service))).isEqualTo(told == null ? "" : told);
        transitionsAreDense(service);
    }

    /** What the inherited feed would say: changes of known between Up or Degraded and Down. */
    private List<String> inherited(Service service) {
        List<String> told = new ArrayList<>();
        for (StoredEvent event : stored.events.after(0, 100_000)) {
            if (event.serviceId() == service.id()
                    && event.event() instanceof Event.StateChanged changed
                    && changed.knownBefore() != State.UNKNOWN) {
                boolean was = changed.knownBefore() == State.DOWN;
                boolean is = changed.known() == State.DOWN;
                if (was != is) {
                    told.add(is ? "DOWN" : "UP");
                }
            }
        }
        return told;
    }

    private void transitionsAreDense(Service service) {
        List<Long> seqs = stored.transitions(service).stream()
                .map(word -> Long.parseLong(word.substring(0, word.indexOf(' '))))
                .toList();
        assertThat(seqs)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, seqs.size()).boxed().toList());
        List<String> words = stored.transitions(service);
        for (int i = 1; i < words.size(); i++) {
            assertThat(words.get(i).replaceFirst(".* (.*)>.*", "$1"))
                    .isEqualTo(words.get(i - 1).replaceFirst(".*>", ""));
        }
    }

    @Test
    void aChangeToWhatItIsAlreadyIsNone() {
        Service service = stored.create("web" + NAMES.incrementAndGet());
        ServiceState state = stored.states.find(service.id()).orElseThrow();

        assertThatThrownBy(() -> new StateChange(state, "web", State.UNKNOWN, 1, Reason.STALE, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("service %d is Unknown already".formatted(service.id()));
    }

    @Test
    void whatHappensIsRolledBackTogether() {
        Service service = stored.create("web" + NAMES.incrementAndGet());
        long last = stored.events.lastId();

        assertThatThrownBy(() -> stored.transaction.executeWithoutResult(_ -> {
                    stored.become(service, State.DOWN);
                    throw new IllegalStateException("the worker dies here");
                }))
                .hasMessage("the worker dies here");

        assertThat(stored.transitions(service)).isEmpty();
        assertThat(stored.incidents(service)).isEmpty();
        assertThat(stored.events.lastId()).isEqualTo(last);
        stored.become(service, State.DOWN);
        assertThat(stored.events.lastId()).isEqualTo(last + 2);
    }

    @Test
    void aBatchRecordsEachServiceWithItsOwnEvent() {
        List<Service> services = List.of(stored.create("a"), stored.create("b"), stored.create("c"));
        long last = stored.events.lastId();
        stored.transaction.executeWithoutResult(_ -> {
            List<Long> ids = services.stream().map(Service::id).toList();
            List<StateChange> changes = stored.states.lock(ids).stream()
                    .map(state ->
                            new StateChange(state, "n" + state.serviceId(), State.DOWN, 7, Reason.TIMEOUT_TLS, "x"))
                    .toList();
            stored.log.record(changes, List.of());
        });

        List<StoredEvent> told = stored.events.after(last, 100);
        assertThat(told)
                .extracting(event -> event.kind() + " " + event.serviceId())
                .containsExactly(
                        "state.changed " + services.get(0).id(),
                        "state.changed " + services.get(1).id(),
                        "state.changed " + services.get(2).id(),
                        "incident.opened " + services.get(0).id(),
                        "incident.opened " + services.get(1).id(),
                        "incident.opened " + services.get(2).id());
        assertThat(stored.jdbc.sql("""
                                SELECT count(*) FROM transition AS t
                                  LEFT JOIN event AS e ON e.id = t.event_id AND e.service_id = t.service_id AND e.kind = 'state.changed'
                                 WHERE e.id IS NULL
                                """).query(Integer.class).single())
                .as("each transition names its event")
                .isZero();
    }

    @Test
    void fourWritersLeaveNoGapAndNoReorderingForWhoeverFollows() throws Exception {
        long seed = new Random().nextLong();
        long from = stored.events.lastId();
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            services.add(stored.create("s" + i));
        }
        try (var threads = Executors.newFixedThreadPool(5)) {
            List<Future<List<Long>>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                writers.add(threads.submit(writer(services, new Random(seed + i))));
            }
            List<Long> followed = threads.submit(() -> follow(from, writers)).get();

            assertThat(followed)
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, stored.events.lastId())
                            .boxed()
                            .toList());
            for (Future<List<Long>> writer : writers) {
                writer.get();
            }
        }
        services.forEach(this::transitionsAreDense);
    }

    private Callable<List<Long>> writer(List<Service> services, Random random) {
        return () -> {
            for (int i = 0; i < 60; i++) {
                Service service = services.get(random.nextInt(services.size()));
                switch (random.nextInt(10)) {
                    case 0 -> stored.suspend(service);
                    case 1 -> stored.resume(service);
                    case 2 -> stored.create("new" + random.nextLong());
                    default ->
                        stored.become(
                                service,
                                Arrays.asList(State.UP, State.DOWN, State.DEGRADED, State.UNKNOWN)
                                        .get(random.nextInt(4)));
                }
            }
            return List.of();
        };
    }

    /** Reads what is new until all writers are done, as the feed does: only ever above the last id that it has seen. */
    private List<Long> follow(long from, List<Future<List<Long>>> writers) {
        List<Long> seen =
                new ArrayList<>(LongStream.rangeClosed(1, from).boxed().toList());
        boolean done;
        do {
            done = writers.stream().allMatch(Future::isDone);
            long last = seen.isEmpty() ? 0 : seen.getLast();
            stored.events.after(last, 10_000).forEach(event -> seen.add(event.id()));
        } while (!done);
        return seen;
    }
}

package io.healthchecker.api.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.find.ServiceRow;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.verdict.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class IndexTextTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SERVICES = 5_000; // some blocks
    private static final ServiceRow.Day DAY = new ServiceRow.Day(12.5, 99.95, null);

    private record Made(IndexText text, Packed packed) {}

    private static Made make(List<ServiceRow> rows, @Nullable IndexText before) {
        try (var press = new Press(1)) {
            IndexText text = IndexText.of(rows, before, press);
            Piece head = press.piece(IndexText.head(7, "2026-11-26T08:00:00Z", rows.size()), null);
            return new Made(text, Packed.of(head, text.pieces(), 7));
        }
    }

    private static IndexView read(Made made) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(made.packed().gzip()))) {
            return JSON.readValue(in.readAllBytes(), IndexView.class);
        }
    }

    private static ServiceRow row(long id, State state, String label) {
        return new ServiceRow(
                id,
                "name \"%d\" \\ ü".formatted(id),
                Source.REST,
                "http",
                "https://host-%d.example.com/\n".formatted(id),
                60,
                id % 2 == 0 ? "shop" : "",
                List.of("tier:" + id % 3, label),
                List.of("fra", "iad"),
                "",
                state,
                1_000L * id,
                (state == State.UP ? Reason.OK : Reason.CONNECT_REFUSED).name(),
                state == State.UP ? 0 : id,
                id % 100 == 0 ? 2 : 0,
                3,
                false,
                false,
                state == State.DOWN,
                DAY);
    }

    private static List<ServiceRow> rows() {
        return new ArrayList<>(LongStream.range(0, SERVICES)
                .mapToObj(id -> row(id, State.UP, "app:" + id % 200))
                .toList());
    }

    @Test
    void itReadsAsWhatIsDescribed() throws IOException {
        List<ServiceRow> rows = rows();
        rows.set(3, row(3, State.DOWN, "app:3"));

        IndexView view = read(make(rows, null));

        assertThat(view.count()).isEqualTo(SERVICES);
        assertThat(view.columns().id()).hasSize(SERVICES).endsWith(SERVICES - 1L);
        assertThat(view.columns().name()).startsWith("name \"0\" \\ ü");
        assertThat(view.columns().target()).endsWith("https://host-%d.example.com/\n".formatted(SERVICES - 1));
        assertThat(view.columns().state().subList(0, 5)).containsExactly(1, 1, 1, 3, 1);
        assertThat(view.columns().since().getLast()).isEqualTo(1_000L * (SERVICES - 1));
        assertThat(view.words().reason().get(view.columns().reason().get(3))).isEqualTo("CONNECT_REFUSED");
        assertThat(view.words().location().get(view.columns().location().get(9)))
                .isEqualTo("fra,iad");
        assertThat(view.columns().labels().get(201).stream()
                        .map(place -> view.words().label().get(place)))
                .containsExactly("tier:0", "app:1");
        assertThat(view.columns().p95()).containsOnly(12.5);
        assertThat(view.columns().cov24()).containsOnlyNulls();
        assertThat(view.columns().incident().get(3)).isEqualTo(3);
        assertThat(view.columns().flags().get(3)).isEqualTo(16);
        assertThat(view.failing()).hasSize(SERVICES / 100).containsEntry("100", List.of(2, 3));
    }

    @Test
    void noServicesAreAnIndexToo() throws IOException {
        IndexView view = read(make(List.of(), null));

        assertThat(view.count()).isZero();
        assertThat(view.columns().id()).isEmpty();
        assertThat(view.failing()).isEmpty();
    }

    @Test
    void whateverChangesItIsAsIfMadeAnew() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        List<ServiceRow> rows = rows();
        Made made = make(rows, null);
        for (int step = 0; step < 30; step++) {
            rows = new ArrayList<>(rows);
            change(rows, random);

            made = make(rows, made.text());

            Made anew = make(rows, null);
            assertThat(read(made)).as("seed %d, step %d", seed, step).isEqualTo(read(anew));
            assertThat(made.packed().tag()).isEqualTo(anew.packed().tag());
        }
    }

    private static void change(List<ServiceRow> rows, Random random) {
        int at = random.nextInt(rows.size());
        long id = rows.get(at).id();
        switch (random.nextInt(5)) {
            case 0 -> rows.remove(at);
            case 1 -> rows.add(row(rows.getLast().id() + 1, State.UNKNOWN, "app:0"));
            case 2 -> rows.set(at, row(id, State.UP, "new:" + id));
            case 3 -> rows.subList(at, rows.size()).clear();
            default -> rows.set(at, row(id, State.DOWN, "app:" + id % 200));
        }
        if (rows.isEmpty()) {
            rows.add(row(1, State.UP, "app:1"));
        }
    }

    @Test
    void aTransitionLeavesNearlyAllPiecesAsTheyAre() {
        List<ServiceRow> rows = rows();
        IndexText before = make(List.copyOf(rows), null).text();
        rows.set(3, row(3, State.DOWN, "app:3"));

        List<Piece> after = make(rows, before).text().pieces();

        List<Piece> known = before.pieces();
        assertThat(after).hasSameSizeAs(known);
        // state, reason, flags and incident of one block; it says the same as before since when
        assertThat(after.stream().filter(piece -> !known.contains(piece))).hasSize(4);
    }
}

package io.healthchecker.worker.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.service.DefinitionRules;
import io.healthchecker.core.service.Source;
import io.healthchecker.crds.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Behaviours in rows: what the target is, what is wanted, what is seen (see {@link Seen}; alternatives stand with commas
 * between), and what the detail contains. All rows are asked at once, so that those that wait do it together.
 */
final class Table implements AutoCloseable {
    private final List<Row> rows = new ArrayList<>();
    private final List<AutoCloseable> targets = new ArrayList<>();

    /** A row, and the check that is under way. */
    record Row(String text, List<String> cells, UnaryOperator<String> filled, CompletableFuture<CheckResult> result) {

        void isSeenAsItSays() {
            CheckResult seen =
                    result.orTimeout(Wanted.PATIENT + 20, TimeUnit.SECONDS).join();
            String[] expected = cells.get(2).split(" +");
            String[] found = Seen.of(seen).split(" ");
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).as("%s", seen).isIn((Object[]) expected[i].split(","));
            }
            if (cells.size() > 3) {
                assertThat(seen.detail()).contains(filled.apply(cells.get(3)));
            }
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** How the first two cells of a row become a definition. */
    @FunctionalInterface
    interface Reader {
        Definition read(String target, String wanted);
    }

    /** The rows of a file beside this class. */
    static Stream<String> lines(String file) {
        try (var in = Table.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), UTF_8).lines().filter(row -> !row.isBlank()).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks a row. */
    void ask(TestProbers probers, String row, Reader reader, UnaryOperator<String> filled) {
        List<String> cells =
                Arrays.stream(row.split(" \\|(?= |$)", -1)).map(String::strip).toList();
        Definition definition = reader.read(cells.get(0), cells.get(1)).with(draft -> {
            draft.periodSeconds = 2 * Wanted.PATIENT;
            draft.timeoutSeconds = draft.timeoutSeconds == null ? timeoutSeconds(cells.get(2)) : draft.timeoutSeconds;
        });
        assertThat(DefinitionRules.violations(definition, Source.REST)).as(row).isEmpty();
        rows.add(new Row(row, cells, filled, probers.probers().probe(definition).toCompletableFuture()));
    }

    /** Only those wait that are to see how the time is up. */
    private static Integer timeoutSeconds(String expected) {
        return expected.contains("TIMEOUT_") ? 1 : Wanted.PATIENT;
    }

    /** Something to be closed in the end. */
    <T extends AutoCloseable> T keep(T target) {
        targets.add(target);
        return target;
    }

    Stream<Row> rows() {
        return rows.stream();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable target : targets) {
            target.close();
        }
    }
}

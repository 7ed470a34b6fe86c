package io.healthchecker.api.index;

import io.healthchecker.api.find.ServiceRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The columns of some services as JSON, in pieces: one for each column of a block of services. A block of which no service
 * changed is not written again, and of one that did only the columns that differ are compressed again.
 */
final class IndexText {
    // of these, what a piece needs for itself (its codes, and nothing to refer to) is a fortieth of the whole
    private static final int BLOCK = 2_048;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<ServiceRow> rows;
    private final IndexWords words;
    private final List<Block> blocks;
    private final Piece tail;

    private IndexText(List<ServiceRow> rows, IndexWords words, List<Block> blocks, Piece tail) {
        this.rows = rows;
        this.words = words;
        this.blocks = blocks;
        this.tail = tail;
    }

    /** Services in a row, by what each column has of them. */
    private record Block(Map<IndexColumn, Piece> columns) {}

    /** @param before the same as it was before, null for a new one */
    static IndexText of(List<ServiceRow> rows, @Nullable IndexText before, Press press) {
        List<Edit> edits = new ArrayList<>();
        for (int from = 0; from == 0 || from < rows.size(); from += BLOCK) {
            edits.add(Edit.of(part(rows, from), before == null ? List.of() : part(before.rows, from)));
        }
        IndexWords words = before != null
                        && before.rows.size() == rows.size()
                        && edits.stream().allMatch(Edit::keepsWords)
                ? before.words
                : IndexWords.of(rows);
        boolean keepsWords = before != null && before.words == words;
        List<Block> blocks = new ArrayList<>();
        for (Edit edit : edits) {
            Block known =
                    before != null && blocks.size() < before.blocks.size() ? before.blocks.get(blocks.size()) : null;
            blocks.add(block(edit, blocks.isEmpty(), words, keepsWords, known, press));
        }
        Piece tail = press.piece(
                "]},\"words\":%s,\"failing\":%s}"
                        .formatted(JSON.writeValueAsString(words.view()), JSON.writeValueAsString(failing(rows))),
                before == null ? null : before.tail);
        return new IndexText(rows, words, blocks, tail);
    }

    private static List<ServiceRow> part(List<ServiceRow> rows, int from) {
        return rows.subList(Math.min(rows.size(), from), Math.min(rows.size(), from + BLOCK));
    }

    private static Block block(
            Edit edit, boolean first, IndexWords words, boolean keepsWords, @Nullable Block before, Press press) {
        Map<IndexColumn, Piece> columns = new EnumMap<>(IndexColumn.class);
        for (IndexColumn column : IndexColumn.values()) {
            Piece known = before == null ? null : before.columns().get(column);
            if (known == null || !keepsWords || !edit.keeps(column, words)) {
                var text = new StringBuilder(edit.rows().size() * 8);
                text.append(first ? begin(column) : ",");
                column.write(text, edit.rows(), words);
                known = column == IndexColumn.SINCE ? press.quickly(text, known) : press.piece(text, known);
            }
            columns.put(column, known);
        }
        return new Block(columns);
    }

    private static String begin(IndexColumn column) {
        return "%s\"%s\":[".formatted(column == IndexColumn.ID ? "" : "],", column.word());
    }

    private static Map<Integer, List<Integer>> failing(List<ServiceRow> rows) {
        Map<Integer, List<Integer>> failing = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            ServiceRow row = rows.get(i);
            if (row.failing() > 0) {
                failing.put(i, List.of(row.failing(), row.threshold()));
            }
        }
        return failing;
    }

    /** All of it but the beginning, which {@link #head} is. */
    List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        for (IndexColumn column : IndexColumn.values()) {
            blocks.forEach(
                    block -> pieces.add(Objects.requireNonNull(block.columns().get(column))));
        }
        pieces.add(tail);
        return pieces;
    }

    /** What stands before the pieces: of when it is. */
    static String head(long asOf, String at, int count) {
        return "{\"asOf\":%d,\"at\":\"%s\",\"count\":%d,\"columns\":{".formatted(asOf, at, count);
    }
}

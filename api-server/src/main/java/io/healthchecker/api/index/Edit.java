package io.healthchecker.api.index;

import io.healthchecker.api.find.ServiceRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Services in a row, and which of them are not what they were.
 *
 * @param sameSize whether there were as many before; where not, nothing else is known
 * @param old those that changed, as they were
 * @param now the same, as they are
 */
record Edit(List<ServiceRow> rows, boolean sameSize, List<ServiceRow> old, List<ServiceRow> now) {
    static Edit of(List<ServiceRow> rows, List<ServiceRow> before) {
        List<ServiceRow> old = new ArrayList<>();
        List<ServiceRow> now = new ArrayList<>();
        boolean sameSize = rows.size() == before.size();
        for (int i = 0; sameSize && i < rows.size(); i++) {
            if (!rows.get(i).equals(before.get(i))) {
                old.add(before.get(i));
                now.add(rows.get(i));
            }
        }
        return new Edit(rows, sameSize, old, now);
    }

    /** Whether the words that columns refer to are what they were. */
    boolean keepsWords() {
        for (int i = 0; i < old.size(); i++) {
            ServiceRow one = old.get(i);
            ServiceRow other = now.get(i);
            if (!one.namespace().equals(other.namespace())
                    || !one.probe().equals(other.probe())
                    || one.source() != other.source()
                    || !one.locations().equals(other.locations())
                    || !one.labels().equals(other.labels())) {
                return false;
            }
        }
        return sameSize;
    }

    /** Whether a column says what it said, given the same words. */
    boolean keeps(IndexColumn column, IndexWords words) {
        return sameSize && (old.isEmpty() || column.text(old, words).equals(column.text(now, words)));
    }
}

package io.healthchecker.api.find;

import io.healthchecker.api.find.RowTable.Changes;
import io.healthchecker.api.list.Cursor;
import io.healthchecker.api.list.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The services of a team as of one event, by id.
 *
 * @param asOf the newest event that they know of
 */
public record TeamRows(long asOf, List<ServiceRow> rows) {
    public TeamRows {
        rows = Collections.unmodifiableList(rows);
    }

    /** Those that a filter lets through. */
    public List<ServiceRow> find(ServiceFilter filter) {
        List<ServiceRow> found = new ArrayList<>();
        for (ServiceRow row : rows) {
            if (filter.lets(row)) {
                found.add(row);
            }
        }
        return found;
    }

    /**
     * A window of those that a filter lets through, in its order.
     *
     * @param total how many it lets through
     * @param next where the list goes on; null at its end
     */
    public record Found(
            List<ServiceRow> rows, long total, @Nullable Cursor next) {}

    private record Placed(ServiceRow row, List<Object> place) {}

    public Found window(ServiceFilter filter, Window window) {
        ServiceOrder order = filter.order();
        List<Object> after = window.cursor() == null ? null : order.placeOf(window.cursor());
        int wanted = window.offset() + window.limit() + 1;
        // the last of the best so far is at the head, to be replaced by a better one
        var best = new PriorityQueue<Placed>((a, b) -> order.compare(b.place(), a.place()));
        long total = 0;
        for (ServiceRow row : rows) {
            if (filter.lets(row)) {
                total++;
                var placed = new Placed(row, order.place(row));
                if (after != null && order.compare(placed.place(), after) <= 0) {
                    continue;
                }
                if (best.size() < wanted) {
                    best.add(placed);
                } else if (order.compare(placed.place(), best.element().place()) < 0) {
                    best.remove();
                    best.add(placed);
                }
            }
        }
        List<Placed> sorted = new ArrayList<>(best);
        sorted.sort((a, b) -> order.compare(a.place(), b.place()));
        List<Placed> shown = sorted.subList(
                Math.min(window.offset(), sorted.size()), Math.min(window.offset() + window.limit(), sorted.size()));
        return new Found(
                shown.stream().map(Placed::row).toList(),
                total,
                sorted.size() < wanted
                        ? null
                        : order.cursor(shown.getLast().place().stream()
                                .map(String::valueOf)
                                .toList()));
    }

    /** The same after what happened since; the very list where none of them changed. */
    TeamRows after(Changes changes) {
        if (changes.told().isEmpty()) {
            return new TeamRows(changes.eventId(), rows);
        }
        List<ServiceRow> next = new ArrayList<>(rows.size() + changes.rows().size());
        Map<Long, ServiceRow> changed = new HashMap<>(changes.rows());
        for (ServiceRow row : rows) {
            if (changes.told().contains(row.id())) {
                changed.computeIfPresent(row.id(), (_, now) -> now.with(row.day()));
            } else {
                next.add(row);
            }
        }
        next.addAll(changed.values());
        next.sort((a, b) -> Long.compare(a.id(), b.id()));
        return new TeamRows(changes.eventId(), next.equals(rows) ? rows : next);
    }
}

package io.healthchecker.core.schedule;

import java.util.Arrays;

/** Services by id, 20 bytes each and an open-addressing index. A service keeps its row until it is removed. */
final class Roster {
    /** No such row. */
    static final int NONE = -1;

    private long[] ids = new long[16];
    private long[] versions = new long[16];
    private int[] periods = new int[16]; // of a free row: the next free one
    private int[] index = new int[32]; // row + 1, 0 where empty
    private int rows;
    private int free = NONE;
    private int size;

    int size() {
        return size;
    }

    long id(int row) {
        return ids[row];
    }

    long version(int row) {
        return versions[row];
    }

    int period(int row) {
        return periods[row];
    }

    int find(long id) {
        for (int at = home(id); index[at] != 0; at = next(at)) {
            if (ids[index[at] - 1] == id) {
                return index[at] - 1;
            }
        }
        return NONE;
    }

    int add(long id, long version, int period) {
        int row = free == NONE ? rows++ : free;
        if (row == free) {
            free = periods[row];
        } else if (row == ids.length) {
            int capacity = row + (row >> 2);
            ids = Arrays.copyOf(ids, capacity);
            versions = Arrays.copyOf(versions, capacity);
            periods = Arrays.copyOf(periods, capacity);
        }
        ids[row] = id;
        versions[row] = version;
        periods[row] = period;
        size++;
        if (size * 4L > index.length * 3L) {
            reindex(index.length * 2);
        }
        enter(index, row);
        return row;
    }

    void remove(int row) {
        int hole = home(ids[row]);
        while (index[hole] != row + 1) {
            hole = next(hole);
        }
        // what follows without a break moves up, unless that would put it before its home
        for (int at = next(hole); index[at] != 0; at = next(at)) {
            int home = home(ids[index[at] - 1]);
            if (distance(home, at) >= distance(hole, at)) {
                index[hole] = index[at];
                hole = at;
            }
        }
        index[hole] = 0;
        periods[row] = free;
        free = row;
        size--;
    }

    private void reindex(int length) {
        int[] old = index;
        index = new int[length];
        for (int entry : old) {
            if (entry != 0) {
                enter(index, entry - 1);
            }
        }
    }

    private void enter(int[] target, int row) {
        int at = home(ids[row]);
        while (target[at] != 0) {
            at = next(at);
        }
        target[at] = row + 1;
    }

    // ids of one shard have their lower mixed bits in common, so another seed spreads them
    private int home(long id) {
        return (int) Hash.mix(id, Hash.ROSTER) & (index.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (index.length - 1);
    }

    private int distance(int from, int to) {
        return (to - from) & (index.length - 1);
    }
}

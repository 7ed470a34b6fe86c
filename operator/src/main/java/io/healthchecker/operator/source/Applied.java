package io.healthchecker.operator.source;

import java.util.List;

/** What a source brought about. */
public record Applied(int created, int changed, int moved, int removed, List<Refused> refused) {
    public Applied {
        refused = List.copyOf(refused);
    }

    /** How many services are different now. */
    public int total() {
        return created + changed + moved + removed;
    }
}

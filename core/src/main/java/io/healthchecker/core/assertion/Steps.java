package io.healthchecker.core.assertion;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one evaluation has cost so far, and the values that explain it. A step costs one, a text that comes up one more for
 * each 16 characters, times the steps of the regular expression that looks at it.
 */
final class Steps implements CelEvaluationListener {
    /** Most that one evaluation may cost: about half a second. */
    static final long MOST = 10_000_000;

    private static final int CHARACTERS = 16;

    private final Map<Long, Integer> weights;
    private final Set<Long> kept;
    private final Map<Long, Object> values = new HashMap<>(4);
    private long cost;

    /**
     * @param weights by id of a part, what its text costs more than others
     * @param kept ids of those whose values are kept
     */
    Steps(Map<Long, Integer> weights, Set<Long> kept) {
        this.weights = weights;
        this.kept = kept;
    }

    @Override
    public void callback(CelExpr part, Object value) {
        cost++;
        if (value instanceof String text) {
            cost += (long) (text.length() / CHARACTERS) * weights.getOrDefault(part.id(), 1);
        }
        if (cost > MOST) {
            throw new NotThere("it takes too many steps");
        }
        if (kept.contains(part.id())) {
            values.put(part.id(), value);
        }
    }

    Map<Long, Object> values() {
        return values;
    }
}

package io.healthchecker.core.assertion;

import java.util.HashMap;
import java.util.Map;

/** What an expression came to, and how. */
public final class Evaluation {
    private static final int MAX = 500;

    private final Expression expression;
    private final Scene scene;
    private final Steps steps;
    private final boolean isTrue;
    private final String trouble;

    /** @param trouble why it could not be told, empty where it could */
    Evaluation(Expression expression, Scene scene, Steps steps, boolean isTrue, String trouble) {
        this.expression = expression;
        this.scene = scene;
        this.steps = steps;
        this.isTrue = isTrue;
        this.trouble = trouble;
    }

    public boolean isTrue() {
        return isTrue;
    }

    /** Whether it is neither true nor false, as something that it needs is not there or not of the right type. */
    public boolean isTroubled() {
        return !trouble.isEmpty();
    }

    /** The expression with its values filled in, such as {@code json.db ("starting") == "ok"}, and what is wrong with them. */
    public String explained() {
        Map<Long, String> shown = new HashMap<>();
        expression.parts().reaches().forEach((id, reach) -> {
            String value = shown(reach);
            if (!value.isEmpty()) {
                shown.put(id, value);
            }
        });
        steps.values().forEach((id, value) -> shown.put(id, Shown.of(value)));
        String filled = new Filling(expression.tree(), shown).unparse();
        return Excerpt.of(trouble.isEmpty() ? filled : filled + ": " + trouble, MAX);
    }

    private String shown(Reach reach) {
        try {
            Object value = reach.in(scene);
            if (value instanceof Reach.Absent) {
                return "field absent";
            }
            return reach.isSecret() ? Shown.size(value) : Shown.of(value);
        } catch (NotThere e) {
            return ""; // said once, behind the expression
        }
    }
}

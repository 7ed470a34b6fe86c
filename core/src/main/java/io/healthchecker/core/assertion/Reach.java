package io.healthchecker.core.assertion;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an expression reaches for, such as {@code json.items[0].name}: a variable, and steps into it by name or number. */
record Reach(Variable variable, List<Object> steps) {
    /** Stands for what is not there. */
    enum Absent {
        FIELD
    }

    /** What a part of an expression reaches for; null if it is something else, such as a comparison. */
    static @Nullable Reach of(CelExpr expression, CelAbstractSyntaxTree tree, Map<String, Variable> variables) {
        Variable named = tree.getReference(expression.id())
                .map(reference -> variables.get(reference.name()))
                .orElse(null);
        if (named != null) {
            return new Reach(named, List.of());
        }
        return switch (expression.getKind()) {
            case SELECT -> {
                CelExpr.CelSelect select = expression.select();
                yield select.testOnly() ? null : step(of(select.operand(), tree, variables), select.field());
            }
            case CALL -> {
                CelExpr.CelCall call = expression.call();
                yield call.function().equals("_[_]")
                        ? step(
                                of(call.args().get(0), tree, variables),
                                constant(call.args().get(1)))
                        : null;
            }
            default -> null;
        };
    }

    private static @Nullable Reach step(@Nullable Reach into, @Nullable Object step) {
        if (into == null || step == null) {
            return null;
        }
        List<Object> steps = new ArrayList<>(into.steps);
        steps.add(step);
        return new Reach(into.variable, steps);
    }

    private static @Nullable Object constant(CelExpr index) {
        if (index.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return null;
        }
        CelConstant constant = index.constant();
        return switch (constant.getKind()) {
            case STRING_VALUE -> constant.stringValue();
            case INT64_VALUE -> constant.int64Value();
            default -> null;
        };
    }

    /**
     * What is there, or {@link Absent}.
     *
     * @throws NotThere if not even the variable is
     */
    Object in(Scene scene) {
        Object value = variable.in(scene);
        for (Object step : steps) {
            if (value instanceof Map<?, ?> map && map.containsKey(step)) {
                value = map.get(step);
            } else if (value instanceof List<?> list && step instanceof Long at && at >= 0 && at < list.size()) {
                value = list.get(Math.toIntExact(at));
            } else {
                return Absent.FIELD;
            }
        }
        return value;
    }

    /** Whether its value may be shown: captured values and cookies may be somebody's login. */
    boolean isSecret() {
        return variable == Variable.CAPTURES
                || (variable == Variable.HEADERS && (steps.isEmpty() || steps.contains("set-cookie")));
    }
}

package io.healthchecker.core.assertion;

import dev.cel.common.CelErrorCode;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why an expression could not be told, in words for whoever wrote it. */
final class Trouble {
    private static final Set<String> OF_NUMBERS =
            Set.of("_<_", "_<=_", "_>_", "_>=_", "_+_", "_-_", "_*_", "_/_", "_%_", "-_");

    private Trouble() {}

    static String of(Throwable thrown, Expression expression, Scene scene, Steps steps) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotThere) {
                return String.valueOf(cause.getMessage());
            }
        }
        if (!(thrown instanceof CelEvaluationException e)) {
            return "it cannot be evaluated"; // what the library says of itself helps nobody here
        }
        CelErrorCode code = e.getErrorCode();
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> "field absent";
            case INDEX_OUT_OF_BOUNDS -> "the list is shorter";
            case DIVIDE_BY_ZERO -> "it divides by zero";
            case NUMERIC_OVERFLOW -> "a number is too large";
            case ITERATION_BUDGET_EXCEEDED -> "it takes too many steps";
            case OVERLOAD_NOT_FOUND -> wrongType(expression, scene, steps);
            case BAD_FORMAT -> "a text cannot be read as what it is converted to";
            case DUPLICATE_ATTRIBUTE, INVALID_ARGUMENT, AMBIGUOUS_OVERLOAD, TYPE_NOT_FOUND, INTERNAL_ERROR ->
                "it cannot be evaluated with these values";
        };
    }

    private static String wrongType(Expression expression, Scene scene, Steps steps) {
        return CelNavigableExpr.fromExpr(expression.tree().getExpr())
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(part -> part.getKind() == CelExpr.ExprKind.Kind.CALL
                        && OF_NUMBERS.contains(part.call().function()))
                .map(part -> wrongOperand(part.call().args(), expression, scene, steps))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("these values cannot be taken together");
    }

    private static Optional<String> wrongOperand(
            List<CelExpr> operands, Expression expression, Scene scene, Steps steps) {
        boolean numbers = operands.size() == 1
                || operands.stream().anyMatch(operand -> value(operand, expression, scene, steps) instanceof Number);
        if (!numbers) {
            return operands.stream()
                    .map(operand -> value(operand, expression, scene, steps))
                    .filter(dev.cel.common.values.NullValue.class::isInstance)
                    .map(_ -> "null has no order")
                    .findFirst();
        }
        for (CelExpr operand : operands) {
            Object value = value(operand, expression, scene, steps);
            if (value != null && !(value instanceof Reach.Absent) && !(value instanceof Number)) {
                return Optional.of(Shown.of(value) + " is not a number");
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object value(CelExpr operand, Expression expression, Scene scene, Steps steps) {
        if (operand.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
            return switch (operand.constant().getKind()) {
                case INT64_VALUE -> operand.constant().int64Value();
                case DOUBLE_VALUE -> operand.constant().doubleValue();
                case STRING_VALUE -> operand.constant().stringValue();
                default -> null;
            };
        }
        Reach reach = expression.parts().reaches().get(operand.id());
        if (reach != null) {
            try {
                Object value = reach.in(scene);
                return reach.isSecret() ? null : value;
            } catch (NotThere e) {
                return null;
            }
        }
        return steps.values().get(operand.id());
    }
}

package io.healthchecker.core.assertion;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An expression, compiled: asked as often as wanted, from any thread. */
public final class Expression {
    private final String source;
    private final CelAbstractSyntaxTree tree;
    private final CelRuntime.Program program;
    private final Map<String, Variable> variables;
    private final Map<Long, Integer> weights;
    private final Parts parts;

    Expression(
            String source,
            CelAbstractSyntaxTree tree,
            CelRuntime.Program program,
            Map<String, Variable> variables,
            Map<Long, Integer> weights) {
        this.source = source;
        this.tree = tree;
        this.program = program;
        this.variables = variables;
        this.weights = weights;
        this.parts = Parts.of(tree, variables);
    }

    /** As its author wrote it. */
    public String source() {
        return source;
    }

    /** What it asks for. */
    public Set<Variable> asksFor() {
        EnumSet<Variable> all = EnumSet.noneOf(Variable.class);
        tree.getReferenceMap().values().forEach(reference -> {
            Variable variable = variables.get(reference.name());
            if (variable != null) {
                all.add(variable);
            }
        });
        return all;
    }

    /** Whether it may take long even where there is little to look at. */
    boolean isLong() {
        return !weights.isEmpty();
    }

    /** What it comes to; never exceptionally. */
    public Evaluation evaluate(Scene scene) {
        Steps steps = new Steps(weights, parts.calls());
        CelVariableResolver resolver =
                name -> Optional.ofNullable(variables.get(name)).map(variable -> variable.in(scene));
        try {
            Object value = program.trace(resolver, steps);
            return new Evaluation(this, scene, steps, Boolean.TRUE.equals(value), otherThanTruth(value));
        } catch (CelEvaluationException | RuntimeException e) {
            return new Evaluation(this, scene, steps, false, Trouble.of(e, this, scene, steps));
        }
    }

    private static String otherThanTruth(Object value) {
        return value instanceof Boolean ? "" : "it is %s, neither true nor false".formatted(Shown.of(value));
    }

    CelAbstractSyntaxTree tree() {
        return tree;
    }

    Parts parts() {
        return parts;
    }
}

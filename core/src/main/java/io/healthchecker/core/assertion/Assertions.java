package io.healthchecker.core.assertion;

import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.Assertion;
import io.healthchecker.crds.probe.Probe;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The expressions of a definition: compiled once, asked of every answer. */
public final class Assertions {
    static final Assertions NONE = new Assertions(List.of(), List.of());

    private static final int SMALL_BODY = 4_096;

    private final List<Asserted> asserted;
    private final List<Expression> degradedWhen;
    private final Set<Variable> needed = EnumSet.noneOf(Variable.class);
    private final boolean isLong;

    private record Asserted(Expression expression, @Nullable String message) {
        String failure(Evaluation evaluation) {
            return message == null ? evaluation.explained() : message + ": " + evaluation.explained();
        }
    }

    /** One assertion and what it came to, for a person who wants to see all of them. */
    public record Row(
            String source,
            String explained,
            boolean passed,
            @Nullable String message) {}

    private Assertions(List<Asserted> asserted, List<Expression> degradedWhen) {
        this.asserted = asserted;
        this.degradedWhen = degradedWhen;
        asserted.forEach(each -> needed.addAll(each.expression.asksFor()));
        degradedWhen.forEach(each -> needed.addAll(each.asksFor()));
        this.isLong = asserted.stream().anyMatch(each -> each.expression.isLong())
                || degradedWhen.stream().anyMatch(Expression::isLong);
    }

    /**
     * Compiles those of a definition.
     *
     * @throws IllegalArgumentException if one cannot be compiled, naming the field
     */
    static Assertions of(Definition definition, Probe probe) {
        List<Assertion> wanted = definition.assertions() == null ? List.of() : definition.assertions();
        List<String> degrading = definition.degradedWhen() == null ? List.of() : definition.degradedWhen();
        if (wanted.isEmpty() && degrading.isEmpty()) {
            return NONE;
        }
        Dialect dialect = Dialect.of(probe);
        List<Asserted> asserted = asserted(dialect, "assertions", wanted);
        List<Expression> degradedWhen = new ArrayList<>();
        for (int i = 0; i < degrading.size(); i++) {
            degradedWhen.add(compile(dialect, degrading.get(i), "degradedWhen[%d]".formatted(i)));
        }
        return new Assertions(asserted, degradedWhen);
    }

    /**
     * Compiles those of one step.
     *
     * @throws IllegalArgumentException if one cannot be compiled, naming the field
     */
    static Assertions ofStep(Probe probe, @Nullable List<Assertion> wanted) {
        return wanted == null || wanted.isEmpty()
                ? NONE
                : new Assertions(asserted(Dialect.of(probe), "http.steps.assertions", wanted), List.of());
    }

    private static List<Asserted> asserted(Dialect dialect, String field, List<Assertion> wanted) {
        List<Asserted> asserted = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Assertion assertion = wanted.get(i);
            asserted.add(new Asserted(
                    compile(dialect, assertion.expression(), "%s[%d].expression".formatted(field, i)),
                    assertion.message()));
        }
        return asserted;
    }

    private static Expression compile(Dialect dialect, @Nullable String source, String field) {
        try {
            return dialect.compile(source == null ? "" : source);
        } catch (ExpressionFault e) {
            throw new IllegalArgumentException("%s, column %d: %s".formatted(field, e.column(), e.said()), e);
        }
    }

    boolean needBody() {
        return needed.contains(Variable.BODY) || needed.contains(Variable.JSON);
    }

    boolean needCertificate() {
        return needed.stream().anyMatch(variable -> variable.text().startsWith("certificate."));
    }

    /** Whether asking may take milliseconds. */
    boolean expensive(Answer answer) {
        return isLong || (needBody() && answer.body().length > SMALL_BODY);
    }

    /** What is not true though it is asserted, with the values filled in; empty if all is. */
    public List<String> failures(Scene scene) {
        List<String> failures = new ArrayList<>(0);
        for (Asserted each : asserted) {
            Evaluation evaluation = each.expression.evaluate(scene);
            if (!evaluation.isTrue()) {
                failures.add(each.failure(evaluation));
            }
        }
        return failures;
    }

    /** Why an answer counts as degraded, empty if it does not. What cannot be told counts, or it would never be seen. */
    public List<String> degradations(Scene scene) {
        List<String> degradations = new ArrayList<>(0);
        for (Expression each : degradedWhen) {
            Evaluation evaluation = each.evaluate(scene);
            if (evaluation.isTrue() || evaluation.isTroubled()) {
                degradations.add(evaluation.explained());
            }
        }
        return degradations;
    }

    /** All of them, with what they came to. */
    public List<Row> rows(Scene scene) {
        return asserted.stream()
                .map(each -> {
                    Evaluation evaluation = each.expression.evaluate(scene);
                    return new Row(each.expression.source(), evaluation.explained(), evaluation.isTrue(), each.message);
                })
                .toList();
    }
}

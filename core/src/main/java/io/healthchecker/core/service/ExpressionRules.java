package io.healthchecker.core.service;

import io.healthchecker.core.assertion.Dialect;
import io.healthchecker.core.assertion.ExpressionFault;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.Assertion;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.HttpStep;
import io.healthchecker.crds.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of the expressions of a definition. */
final class ExpressionRules {
    private final List<Violation> violations = new ArrayList<>();
    private final Probe probe;

    private ExpressionRules(Probe probe) {
        this.probe = probe;
    }

    static List<Violation> violations(Definition definition) {
        Probe probe = definition.probe();
        if (probe == null) {
            return List.of(); // which variables there are is not known
        }
        ExpressionRules rules = new ExpressionRules(probe);
        rules.assertions("assertions", definition.assertions());
        HttpProbe http = definition.http();
        for (int i = 0; http != null && http.steps() != null && i < http.steps().size(); i++) {
            HttpStep step = http.steps().get(i);
            if (step != null) {
                rules.assertions("http.steps[%d].assertions".formatted(i), step.assertions());
            }
        }
        List<String> degradedWhen = definition.degradedWhen() == null ? List.of() : definition.degradedWhen();
        for (int i = 0; i < degradedWhen.size(); i++) {
            rules.expression("degradedWhen[%d]".formatted(i), degradedWhen.get(i));
        }
        return rules.violations;
    }

    private void assertions(String field, @Nullable List<Assertion> assertions) {
        for (int i = 0; assertions != null && i < assertions.size(); i++) {
            if (assertions.get(i) != null) {
                expression(
                        "%s[%d].expression".formatted(field, i),
                        assertions.get(i).expression());
            }
        }
    }

    private void expression(String field, @Nullable String expression) {
        if (expression == null || expression.isEmpty()) {
            return; // named by the bounds already
        }
        try {
            Dialect.of(probe).compile(expression);
        } catch (ExpressionFault e) {
            violations.add(new Violation(field, "%s, column %d: %s".formatted(field, e.column(), e.said())));
        }
    }
}

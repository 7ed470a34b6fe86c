package io.healthchecker.core.assertion;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import io.healthchecker.crds.probe.Probe;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The language of the expressions of one kind of probe: CEL, with the variables that the kind has. */
public final class Dialect {
    private static final int MAX_CHARACTERS = 1_024;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_ITERATIONS = 10_000;
    private static final int MAX_LOOPS = 2;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .populateMacroCalls(true)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxExpressionCodePointSize(MAX_CHARACTERS)
            .maxParseRecursionDepth(MAX_DEPTH)
            .build();

    // none that makes a long text out of short ones
    private static final CelStringExtensions STRINGS = CelExtensions.strings(
            CelStringExtensions.Function.CHAR_AT,
            CelStringExtensions.Function.INDEX_OF,
            CelStringExtensions.Function.LAST_INDEX_OF,
            CelStringExtensions.Function.LOWER_ASCII,
            CelStringExtensions.Function.SPLIT,
            CelStringExtensions.Function.SUBSTRING,
            CelStringExtensions.Function.TRIM,
            CelStringExtensions.Function.UPPER_ASCII);

    private static final Map<Set<Variable>, Dialect> DIALECTS = new ConcurrentHashMap<>();

    // many services say the same, and a compilation costs a thousand evaluations
    private static final int KEPT = 2_000;

    private final Map<String, Expression> compiled = new ConcurrentHashMap<>();
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Cel cel;

    private Dialect(Set<Variable> known) {
        CelBuilder builder = CelFactory.plannerCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(STRINGS)
                .addRuntimeLibraries(STRINGS);
        for (Variable variable : known) {
            variables.put(variable.text(), variable);
            builder.addVar(variable.text(), variable.type());
        }
        cel = builder.build();
    }

    /** That of a probe's kind. The first one costs most of a second, and later ones nothing. */
    public static Dialect of(Probe probe) {
        return DIALECTS.computeIfAbsent(Set.copyOf(Variable.of(probe)), _ -> new Dialect(Variable.of(probe)));
    }

    /**
     * Compiles an expression that is true or false.
     *
     * @throws ExpressionFault if it cannot be, or if it might cost too much
     */
    public Expression compile(String source) throws ExpressionFault {
        Expression known = compiled.get(source);
        if (known != null) {
            return known;
        }
        Expression made = make(source);
        if (compiled.size() >= KEPT) {
            compiled.clear();
        }
        compiled.put(source, made);
        return made;
    }

    private Expression make(String source) throws ExpressionFault {
        if (source.codePointCount(0, source.length()) > MAX_CHARACTERS) {
            throw new ExpressionFault(1, "it has more than %d characters".formatted(MAX_CHARACTERS));
        }
        CelValidationResult checked = cel.compile(source);
        if (checked.hasError()) {
            CelIssue first = checked.getErrors().getFirst();
            throw new ExpressionFault(
                    column(
                            first.getSourceLocation().getLine(),
                            first.getSourceLocation().getColumn(),
                            source),
                    Complaint.of(first.getMessage(), variables.keySet()));
        }
        try {
            CelAbstractSyntaxTree tree = checked.getAst();
            CelKind result = tree.getResultType().kind();
            if (result != CelKind.BOOL && result != CelKind.DYN) {
                throw new ExpressionFault(
                        1,
                        "it is of type %s; it must be true or false"
                                .formatted(tree.getResultType().name()));
            }
            return new Expression(source, tree, cel.createProgram(tree), variables, weights(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new ExpressionFault(1, "it cannot be compiled: " + Excerpt.of(String.valueOf(e.getMessage())));
        }
    }

    private static int column(int line, int column, String source) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = source.indexOf('\n', start) + 1;
        }
        return start + Math.max(0, column) + 1;
    }

    /** By id, how much more than others a text costs that a regular expression looks at; refuses what costs too much. */
    private Map<Long, Integer> weights(CelAbstractSyntaxTree tree) throws ExpressionFault {
        Map<Long, Integer> weights = new HashMap<>();
        List<CelNavigableExpr> parts =
                CelNavigableExpr.fromExpr(tree.getExpr()).allNodes().toList();
        for (CelNavigableExpr part : parts) {
            CelExpr at = part.expr();
            int column = tree.getSource().getPositionsMap().getOrDefault(at.id(), 0) + 1;
            if (at.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION) {
                loop(part, column);
            } else if (at.getKind() == CelExpr.ExprKind.Kind.CALL
                    && at.call().function().equals("matches")) {
                List<CelExpr> arguments = at.call().args();
                CelExpr text = at.call().target().orElseGet(arguments::getFirst);
                weights.put(text.id(), steps(arguments.getLast(), column));
            }
        }
        return weights;
    }

    private void loop(CelNavigableExpr loop, int column) throws ExpressionFault {
        int loops = 1;
        for (Optional<CelNavigableExpr> outer = loop.parent();
                outer.isPresent();
                outer = outer.get().parent()) {
            loops += outer.get().getKind() == CelExpr.ExprKind.Kind.COMPREHENSION ? 1 : 0;
        }
        if (loops > MAX_LOOPS) {
            throw new ExpressionFault(
                    column,
                    "all, exists, map and filter are nested %d deep; %d is the most".formatted(loops, MAX_LOOPS));
        }
        String name = loop.expr().comprehension().iterVar();
        if (variables.keySet().stream().anyMatch(known -> known.equals(name) || known.startsWith(name + "."))) {
            throw new ExpressionFault(column, "%s is a variable already; name the element otherwise".formatted(name));
        }
    }

    private static int steps(CelExpr pattern, int column) throws ExpressionFault {
        if (pattern.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            throw new ExpressionFault(column, "matches needs its regular expression as a text in quotes");
        }
        String expression = pattern.constant().stringValue();
        long steps = ExpressionSize.of(expression);
        if (steps > ExpressionSize.MAX_STEPS) {
            throw new ExpressionFault(
                    column,
                    "the regular expression has about %d steps when its repetitions are written out; it must have at most %d"
                            .formatted(steps, ExpressionSize.MAX_STEPS));
        }
        try {
            com.google.re2j.Pattern.compile(expression);
        } catch (com.google.re2j.PatternSyntaxException e) {
            throw new ExpressionFault(column, "it is not an RE2 regular expression: " + e.getDescription());
        }
        return Math.max(1, Math.toIntExact(steps));
    }
}

package io.healthchecker.api.find;

import io.healthchecker.core.service.Source;
import io.healthchecker.core.verdict.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which services are asked for, in the words of the address: comma means or, a parameter that comes again means and, a
 * leading minus means not, so {@code label=tier:1,tier:2,-env:dev} is tier 1 or 2 and not env dev. What cannot be
 * understood filters nothing and is told.
 */
public final class ServiceFilter {
    // read by others, or the window
    private static final Set<String> ELSEWHERE = Set.of("team", "limit", "cursor", "page");
    private static final int MAX_TERMS = 50;

    private final List<Clause> clauses = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private ServiceOrder order = ServiceOrder.ID;
    private int terms;

    private ServiceFilter() {}

    /** What one parameter asks for: one of the wanted, if there are any, and none of the unwanted. */
    record Clause(String parameter, List<Term> wanted, List<Term> unwanted) {
        boolean lets(ServiceRow row) {
            return (wanted.isEmpty() || wanted.stream().anyMatch(term -> term.holds(row)))
                    && unwanted.stream().noneMatch(term -> term.holds(row));
        }

        private void into(Condition condition) {
            condition.and(
                    wanted.stream().map(term -> term.sql(condition)).toList(),
                    unwanted.stream().map(term -> term.sql(condition)).toList());
        }
    }

    /** The filter that the parameters of a request describe. */
    public static ServiceFilter of(Map<String, List<String>> parameters) {
        var filter = new ServiceFilter();
        parameters.forEach((name, values) -> values.forEach(value -> filter.read(name, value)));
        return filter;
    }

    /** What must hold of service s and its state st. */
    public Condition condition() {
        var condition = new Condition();
        clauses.forEach(clause -> clause.into(condition));
        return condition;
    }

    /** Whether a row passes. */
    public boolean lets(ServiceRow row) {
        for (Clause clause : clauses) {
            if (!clause.lets(row)) {
                return false;
            }
        }
        return true;
    }

    /** What the parameters ask for, each by itself; all of it must hold. */
    List<Clause> clauses() {
        return clauses;
    }

    /** Whether everything passes, in the order of ids. */
    public boolean isTrivial() {
        return clauses.isEmpty() && order == ServiceOrder.ID;
    }

    public ServiceOrder order() {
        return order;
    }

    /** What was not understood, and what would be. */
    public List<String> ignored() {
        return ignored;
    }

    private void read(String name, String value) {
        switch (name) {
            case "q" -> words(value);
            case "state" -> choices(name, value, ServiceFilter::state, "Up, Degraded, Down, Unknown or Suspended");
            case "source" -> choices(name, value, ServiceFilter::source, "rest, file or kubernetes");
            case "probe" -> choices(name, value, ServiceFilter::probe, "one of " + String.join(", ", Words.PROBES));
            case "has" -> choices(name, value, ServiceFilter::has, "incident, late, flapping or failing");
            case "label" -> choices(name, value, ServiceFilter::label, "a key, or key:value");
            case "namespace" ->
                choices(
                        name,
                        value,
                        word -> Optional.of(new Term.InNamespace(word)),
                        "the namespace of a custom resource");
            case "location" -> choices(name, value, word -> Optional.of(new Term.At(word)), "the name of a location");
            case "sort" ->
                ServiceOrder.of(value)
                        .ifPresentOrElse(
                                known -> order = known, () -> ignore(name, value, "it must be " + ServiceOrder.WORDS));
            default -> {
                if (!ELSEWHERE.contains(name)) {
                    ignore(name, value, "there is no such parameter here");
                }
            }
        }
    }

    private void choices(String name, String value, Function<String, Optional<Term>> meaning, String known) {
        List<Term> wanted = new ArrayList<>();
        List<Term> unwanted = new ArrayList<>();
        for (String text : value.split(",")) {
            boolean not = text.startsWith("-");
            String word = not ? text.substring(1) : text;
            if (word.isBlank() || isOneTooMany(name, text)) {
                continue;
            }
            meaning.apply(word)
                    .ifPresentOrElse((not ? unwanted : wanted)::add, () -> ignore(name, text, "it must be " + known));
        }
        if (!wanted.isEmpty() || !unwanted.isEmpty()) {
            clauses.add(new Clause(name, wanted, unwanted));
        }
    }

    private void words(String text) {
        for (Words.Word word : Words.of(text)) {
            if (!isOneTooMany("q", word.text())) {
                List<Term> mentions =
                        List.of(new Term.Mentions(word.text(), word.text().toLowerCase(Locale.ROOT)));
                clauses.add(
                        word.unwanted() ? new Clause("q", List.of(), mentions) : new Clause("q", mentions, List.of()));
            }
        }
    }

    private boolean isOneTooMany(String name, String term) {
        if (++terms > MAX_TERMS) {
            ignore(name, term, "there are more than %d terms".formatted(MAX_TERMS));
            return true;
        }
        return false;
    }

    private void ignore(String name, String value, String why) {
        String shown = value.length() > 80 ? value.substring(0, 80) + "…" : value;
        ignored.add("%s=%s: %s".formatted(name, shown, why));
    }

    private static Optional<Term> state(String word) {
        return List.of(State.values()).stream()
                .filter(state -> state.word().equalsIgnoreCase(word))
                .<Term>map(Term.InState::new)
                .findFirst();
    }

    private static Optional<Term> source(String word) {
        return List.of(Source.values()).stream()
                .filter(source -> source.word().equalsIgnoreCase(word))
                .<Term>map(Term.OfSource::new)
                .findFirst();
    }

    private static Optional<Term> probe(String word) {
        String kind = word.toLowerCase(Locale.ROOT);
        return Words.PROBES.contains(kind) ? Optional.of(new Term.OfProbe(kind)) : Optional.empty();
    }

    private static Optional<Term> has(String word) {
        return switch (word) {
            case "incident" -> Optional.of(Term.Flag.INCIDENT);
            case "late" -> Optional.of(Term.Flag.LATE);
            case "flapping" -> Optional.of(Term.Flag.FLAPPING);
            case "failing" -> Optional.of(Term.Flag.FAILING);
            default -> Optional.empty();
        };
    }

    private static Optional<Term> label(String text) {
        int colon = text.indexOf(':');
        return switch (colon) {
            case -1 -> Optional.of(new Term.Labelled(text, null));
            case 0 -> Optional.empty();
            default -> Optional.of(new Term.Labelled(text.substring(0, colon), text.substring(colon + 1)));
        };
    }
}

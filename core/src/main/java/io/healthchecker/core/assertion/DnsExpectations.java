package io.healthchecker.core.assertion;

import com.google.re2j.Pattern;
import io.healthchecker.core.egress.AddressRange;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.DnsRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a DNS probe expects of an answer; values are compared as {@link DnsValue} says. */
final class DnsExpectations {
    private static final int SHOWN = 200;

    private DnsExpectations() {}

    static List<Expectation> of(DnsProbe probe) {
        String type = probe.type() == null ? "A" : probe.type();
        List<Expectation> all = new ArrayList<>();
        List<String> answers = probe.expectedAnswers();
        if (answers != null) {
            all.add((answer, _) -> missing("answers", type, dns(answer).values(), answers));
        }
        List<DnsRule> rules = probe.answerRules();
        for (int i = 0; rules != null && i < rules.size(); i++) {
            all.add(rule("answerRules[%d]".formatted(i), type, rules.get(i)));
        }
        List<String> authority = probe.expectedAuthority();
        if (authority != null) {
            all.add((answer, _) -> missing("authority", "NS", dns(answer).authority(), authority));
        }
        List<String> flags = probe.expectedFlags();
        if (flags != null) {
            all.add((answer, _) -> dns(answer).flags().containsAll(flags)
                    ? null
                    : "flags (%s) are not all of %s"
                            .formatted(String.join(" ", dns(answer).flags()), String.join(" ", flags)));
        }
        return all;
    }

    private static DnsFacts dns(Answer answer) {
        DnsFacts facts = answer.facts().dns();
        if (facts == null) {
            throw new IllegalStateException("no name server was asked");
        }
        return facts;
    }

    private static @Nullable String missing(String what, String type, List<String> found, List<String> expected) {
        List<String> absent = expected.stream()
                .filter(value -> found.stream().noneMatch(each -> DnsValue.same(type, each, value)))
                .toList();
        return absent.isEmpty() ? null : "%s (%s) lack %s".formatted(what, shown(found), shown(absent));
    }

    private static Expectation rule(String field, String type, DnsRule rule) {
        Predicate<String> holds;
        String says;
        if (rule.equalTo() != null) {
            String value = rule.equalTo();
            holds = each -> DnsValue.same(type, each, value);
            says = "is " + value;
        } else if (rule.matches() != null) {
            Pattern pattern = BoundedPattern.compile(field + ".matches", rule.matches());
            holds = each -> pattern.matcher(each).find();
            says = "matches " + rule.matches();
        } else if (rule.within() != null) {
            AddressRange range = AddressRange.parse(rule.within());
            holds = range::contains;
            says = "is within " + rule.within();
        } else {
            throw new IllegalArgumentException(field + " has none; set exactly one of equalTo, matches and within");
        }
        String which = rule.which() == null ? "One" : rule.which();
        return (answer, _) -> judge(which, dns(answer).values(), holds, says);
    }

    private static @Nullable String judge(String which, List<String> values, Predicate<String> holds, String says) {
        List<String> good = values.stream().filter(holds).toList();
        return switch (which) {
            case "All" -> {
                List<String> bad = values.stream().filter(holds.negate()).toList();
                yield bad.isEmpty() ? null : "not each answer %s: %s".formatted(says, shown(bad));
            }
            case "None" -> good.isEmpty() ? null : "an answer %s: %s".formatted(says, shown(good));
            default -> good.isEmpty() ? "no answer %s: %s".formatted(says, shown(values)) : null;
        };
    }

    private static String shown(List<String> values) {
        return Excerpt.of(String.join(", ", values), SHOWN);
    }
}

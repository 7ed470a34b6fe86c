package io.healthchecker.standalone.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** The packages of core, each of which knows only those before it. */
final class CoreOrder extends ArchCondition<JavaClass> {
    private static final String CORE = "io.healthchecker.core.";
    private static final List<String> ORDER = List.of(
            "time",
            "secret",
            "team",
            "location",
            "egress",
            "assertion",
            "schedule",
            "service",
            "job",
            "check",
            "heartbeat",
            "verdict",
            "incident",
            "feed",
            "transition",
            "registration",
            "maintenance",
            "notify",
            "history");

    private CoreOrder() {
        super("know only what stands before them: " + String.join(", ", ORDER));
    }

    static ArchCondition<JavaClass> knowOnlyWhatStandsBefore() {
        return new CoreOrder();
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackageName().startsWith(CORE)) {
            return;
        }
        if (!ORDER.contains(feature(type))) {
            events.add(SimpleConditionEvent.violated(
                    type, "core." + feature(type) + " has no place in CoreOrder.ORDER: give it one"));
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass known = dependency.getTargetClass();
            if (known.getPackageName().startsWith(CORE)
                    && ORDER.indexOf(feature(known)) > ORDER.indexOf(feature(type))) {
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
            }
        }
    }

    private static String feature(JavaClass type) {
        return type.getPackageName().substring(CORE.length()).split("\\.")[0];
    }
}

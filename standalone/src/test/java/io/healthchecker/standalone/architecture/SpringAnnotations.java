package io.healthchecker.standalone.architecture;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where Spring's annotations may stand, and which may stand nowhere. */
final class SpringAnnotations extends ArchCondition<JavaClass> {
    private static final Pattern HOMES = Pattern.compile(".*(Application|Configuration|Controller|Settings)");
    private static final Set<String> NOWHERE = Set.of("Service", "Component", "Repository");

    private SpringAnnotations() {
        super("carry Spring annotations only as *Application, *Configuration, *Controller, *Settings, and never %s"
                .formatted(NOWHERE));
    }

    static ArchCondition<JavaClass> standOnlyWhereSpringStarts() {
        return new SpringAnnotations();
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean isHome = HOMES.matcher(Named.outermost(type).getSimpleName()).matches();
        annotations(type)
                .map(JavaAnnotation::getRawType)
                .filter(annotation -> annotation.getPackageName().startsWith("org.springframework"))
                .filter(annotation -> !isHome || NOWHERE.contains(annotation.getSimpleName()))
                .map(annotation -> "%s carries @%s".formatted(type.getFullName(), annotation.getSimpleName()))
                .distinct()
                .forEach(finding -> events.add(SimpleConditionEvent.violated(type, finding)));
    }

    private static Stream<? extends JavaAnnotation<?>> annotations(JavaClass type) {
        return Stream.concat(
                type.getAnnotations().stream(), type.getMembers().stream().flatMap(SpringAnnotations::annotations));
    }

    private static Stream<? extends JavaAnnotation<?>> annotations(JavaMember member) {
        return member.getAnnotations().stream();
    }
}

package io.healthchecker.standalone.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** Classes by their names. */
final class Named {
    private Named() {}

    static DescribedPredicate<JavaClass> named(String... fullNames) {
        var names = Set.of(fullNames);
        return DescribedPredicate.describe(String.join(", ", fullNames), type -> names.contains(type.getFullName()));
    }

    /** Also what is nested in such a class. */
    static DescribedPredicate<JavaClass> inFileNamed(String suffix) {
        return DescribedPredicate.describe(
                "are *" + suffix + " or nested in it",
                type -> outermost(type).getSimpleName().endsWith(suffix));
    }

    static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(Named::outermost).orElse(type);
    }
}

package io.healthchecker.standalone.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;

/** The ways to ask the machine what time it is. */
final class SystemClock {
    private SystemClock() {}

    static ArchCondition<JavaClass> beRead() {
        return ArchConditions.callMethodWhere(
                DescribedPredicate.<JavaMethodCall>describe("the machine's clock is read", SystemClock::isRead));
    }

    private static boolean isRead(JavaMethodCall call) {
        String method = call.getTarget().getName();
        JavaClass owner = call.getTargetOwner();
        return switch (owner.getFullName()) {
            case "java.lang.System" -> method.equals("currentTimeMillis") || method.equals("nanoTime");
            case "java.time.Clock", "java.time.InstantSource" ->
                method.startsWith("system") || method.startsWith("tick");
            default -> owner.getPackageName().equals("java.time") && method.equals("now");
        };
    }
}

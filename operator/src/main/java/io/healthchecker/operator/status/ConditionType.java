package io.healthchecker.operator.status;

import io.healthchecker.crds.Condition;
import io.healthchecker.crds.ServiceStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions that we write. Those that are abnormal stand there only while they are true. */
enum ConditionType {
    READY("Ready", "Whether the definition is accepted, stored and scheduled. It never follows the target."),
    HEALTHY("Healthy", "What the checks say: True while Up or Degraded, False while Down, else Unknown."),
    RECONCILING("Reconciling", "Something is missing that may come by itself; it is tried again."),
    STALLED("Stalled", "The definition cannot be had as it is; somebody has to change it."),
    SUSPENDED("Suspended", "Checks are suspended.");

    private final String word;
    private final String explanation;

    ConditionType(String word, String explanation) {
        this.word = word;
        this.explanation = explanation;
    }

    /** As it stands in a condition's type. */
    String word() {
        return word;
    }

    /** One sentence for a person. */
    String explanation() {
        return explanation;
    }

    /** The condition of this type in a status, null if there is none. */
    @Nullable
    Condition in(@Nullable ServiceStatus status) {
        List<Condition> conditions = status == null ? null : status.conditions();
        if (conditions == null) {
            return null;
        }
        return conditions.stream()
                .filter(condition -> word.equals(condition.type()))
                .findFirst()
                .orElse(null);
    }
}

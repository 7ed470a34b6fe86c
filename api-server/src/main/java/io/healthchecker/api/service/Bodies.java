package io.healthchecker.api.service;

import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.StrictJson;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.service.DefinitionRules;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.service.Violation;
import io.healthchecker.crds.Definition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** From bodies to what is wanted, refusing everything that is wrong in the words of whoever wrote it. */
final class Bodies {
    private final StrictJson json;

    Bodies(StrictJson json) {
        this.json = json;
    }

    /** A service that is to be created. */
    Services.Wanted ofNew(ObjectNode body) {
        return wanted(ServiceBody.ofNew(body), null, true);
    }

    /** A definition that is to be tried out; a name may stand beside it. */
    Definition ofTrial(ObjectNode body) {
        return wanted(ServiceBody.ofNew(body), null, body.has("name")).definition();
    }

    /** A form that may not be finished: what is missing or out of bounds in it is not judged. */
    Draft ofDraft(ObjectNode body) {
        ServiceBody.Content content = ServiceBody.ofNew(body).read(json);
        return new Draft(content.name() == null ? "" : content.name(), content.definition());
    }

    /** What stands in a form: its name, empty where it has none. */
    record Draft(String name, Definition definition) {}

    /** What is to stand in the place of a stored service. */
    Services.Wanted ofWhole(ObjectNode body, Service stored) {
        return wanted(ServiceBody.ofWhole(body), stored.definition(), true);
    }

    /** A stored service, changed. */
    Services.Wanted ofPatch(ObjectNode patch, Service stored) {
        ObjectNode before = json.tree(DefinitionJson.write(stored.definition()).getBytes(StandardCharsets.UTF_8));
        before.put("name", stored.name());
        return wanted(ServiceBody.ofPatch(before, patch), stored.definition(), true);
    }

    private Services.Wanted wanted(ServiceBody body, @Nullable Definition stored, boolean named) {
        ServiceBody.Content content = body.read(json);
        Definition definition = SecretMask.restore(content.definition(), stored);
        List<Violation> violations = new ArrayList<>();
        if (named) {
            violations.addAll(DefinitionRules.nameViolations(content.name()));
        }
        violations.addAll(DefinitionRules.violations(definition, Source.REST));
        List<FieldError> errors = body.named(violations);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new Services.Wanted(String.valueOf(content.name()), definition);
    }
}

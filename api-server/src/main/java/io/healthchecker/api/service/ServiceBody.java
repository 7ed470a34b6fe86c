package io.healthchecker.api.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.StrictJson;
import io.healthchecker.core.service.Violation;
import io.healthchecker.crds.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service as somebody writes it: its name beside the fields of its definition, of which {@code url} stands for
 * {@code http.url} and {@code check_interval} for {@code periodSeconds}, as in the API that came before.
 */
final class ServiceBody {
    /** Fields of an answer that a body may bring back and that change nothing. */
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "source",
            "owner",
            "version",
            "state",
            "since",
            "why",
            "flags",
            "lastResult",
            "day",
            "checks",
            "incidentId",
            "createdAt",
            "updatedAt");

    private static final Set<String> OWN = Set.of("name", "url", "check_interval");

    private final ObjectNode tree;
    private final boolean shortUrl;
    private final boolean shortPeriod;

    private ServiceBody(ObjectNode tree, boolean shortUrl, boolean shortPeriod) {
        this.tree = tree;
        this.shortUrl = shortUrl;
        this.shortPeriod = shortPeriod;
    }

    /** What it says. */
    record Content(@Nullable String name, Definition definition) {}

    private record Own(
            @Nullable String name,
            @Nullable String url,

            @JsonProperty("check_interval") @Nullable Integer checkInterval) {}

    /** A body that creates a service. */
    static ServiceBody ofNew(ObjectNode body) {
        return new ServiceBody(body, isSet(body, "url"), isSet(body, "check_interval"));
    }

    /** A body that replaces a service: an answer that was read, changed and sent back will do. */
    static ServiceBody ofWhole(ObjectNode body) {
        body.remove(READ_ONLY);
        dropTwin(body, "url", body.path("http").path("url"));
        dropTwin(body, "check_interval", body.path("periodSeconds"));
        return ofNew(body);
    }

    /** A stored service with the changes of a merge patch (RFC 7396). */
    static ServiceBody ofPatch(ObjectNode stored, ObjectNode patch) {
        boolean shortUrl = isSet(patch, "url");
        boolean shortPeriod = isSet(patch, "check_interval");
        if (shortUrl) {
            refuseTwin(patch, "url", "http");
            patch.putObject("http").set("url", patch.remove("url"));
        }
        if (shortPeriod) {
            refuseTwin(patch, "check_interval", "periodSeconds");
            patch.set("periodSeconds", patch.remove("check_interval"));
        }
        return new ServiceBody(merge(stored, patch), shortUrl, shortPeriod);
    }

    /**
     * What it says.
     *
     * @throws ProblemException if it has fields that are unknown or of another kind, or says one thing twice
     */
    Content read(StrictJson json) {
        List<FieldError> errors = new ArrayList<>();
        ObjectNode own = tree.objectNode();
        OWN.forEach(field -> {
            JsonNode value = tree.remove(field);
            if (value != null) {
                own.set(field, value);
            }
        });
        Own written = bind(json, own, Own.class, errors);
        Definition definition = bind(json, tree, Definition.class, errors);
        if (!errors.isEmpty() || written == null || definition == null) {
            throw ProblemException.invalid(errors);
        }
        return new Content(written.name(), withShort(written, definition));
    }

    /** Violations in the words of whoever wrote the body. */
    List<FieldError> named(List<Violation> violations) {
        return violations.stream()
                .map(violation -> new FieldError(asWritten(violation.field()), asWritten(violation.message())))
                .toList();
    }

    private String asWritten(String text) {
        String named = shortUrl ? text.replace("http.url", "url") : text;
        return shortPeriod ? named.replace("periodSeconds", "check_interval") : named;
    }

    private static Definition withShort(Own written, Definition definition) {
        List<FieldError> errors = new ArrayList<>();
        if (written.url() != null && definition.probe() != null) {
            String other = String.join(" and ", definition.probes().keySet());
            errors.add(new FieldError("url", "url and %s both say what to check; keep one of them".formatted(other)));
        }
        if (written.checkInterval() != null && definition.periodSeconds() != null) {
            errors.add(new FieldError(
                    "check_interval", "check_interval and periodSeconds both say how often; keep one of them"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return ShortForm.complete(definition, written.url(), written.checkInterval());
    }

    private static <T> @Nullable T bind(StrictJson json, ObjectNode object, Class<T> type, List<FieldError> errors) {
        try {
            return json.bind(object, type, OWN);
        } catch (ProblemException problem) {
            errors.addAll(problem.errors());
            return null;
        }
    }

    private static void refuseTwin(ObjectNode patch, String shortField, String field) {
        if (isSet(patch, field)) {
            throw ProblemException.invalid(
                    shortField, "%s and %s say the same; keep one of them".formatted(shortField, field));
        }
    }

    private static void dropTwin(ObjectNode body, String shortField, JsonNode twin) {
        if (isSet(body, shortField) && body.get(shortField).equals(twin)) {
            body.remove(shortField);
        }
    }

    private static boolean isSet(ObjectNode body, String field) {
        return body.hasNonNull(field);
    }

    private static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(entry -> {
            String field = entry.getKey();
            switch (entry.getValue()) {
                case ObjectNode nested -> {
                    ObjectNode into = target.get(field) instanceof ObjectNode there ? there : target.objectNode();
                    target.set(field, merge(into, nested));
                }
                case JsonNode value when value.isNull() -> target.remove(field);
                case JsonNode value -> target.set(field, value);
            }
        });
        return target;
    }
}

package io.healthchecker.api.problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A part of a body that does not fit the type it is meant for. */
final class Misfit {
    /** Names of fields whose values are never shown. */
    private static final Set<String> SECRET = Set.of("password", "refreshToken", "token", "value", "url", "body");

    private static final int SHOWN = 60;

    private final JacksonException exception;
    private final ObjectNode root;
    private final Set<String> known;
    private final List<JacksonException.Reference> path;

    Misfit(JacksonException exception, ObjectNode root, Set<String> known) {
        this.exception = exception;
        this.root = root;
        this.known = known;
        this.path = new ArrayList<>(exception.getPath());
    }

    FieldError error() {
        String field = field();
        if (exception instanceof UnrecognizedPropertyException unknown) {
            Set<String> names = new TreeSet<>(path.size() == 1 ? known : Set.of());
            Collection<Object> ofType = unknown.getKnownPropertyIds();
            if (ofType != null) {
                ofType.forEach(name -> names.add(String.valueOf(name)));
            }
            return new FieldError(
                    field,
                    "%s is not a field here; remove it, or use one of %s".formatted(field, String.join(", ", names)));
        }
        return new FieldError(field, "%s is %s; it must be %s".formatted(field, found(), wanted()));
    }

    /** Takes the part out of the body; false where it cannot be found there. */
    boolean remove() {
        if (path.isEmpty()) {
            return false;
        }
        JsonNode parent = node(path.size() - 1);
        JacksonException.Reference last = path.getLast();
        if (parent instanceof ObjectNode object && last.getPropertyName() != null) {
            return object.remove(last.getPropertyName()) != null;
        }
        if (parent instanceof ArrayNode array && last.getIndex() >= 0 && last.getIndex() < array.size()) {
            // null keeps the indexes of the others right
            array.setNull(last.getIndex());
            return true;
        }
        return false;
    }

    /** What a value is, in words. */
    static String kindOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case NULL, MISSING -> "null";
            case BOOLEAN, NUMBER, STRING, BINARY -> shorten(node.toString());
        };
    }

    private String field() {
        var text = new StringBuilder();
        for (JacksonException.Reference step : path) {
            if (step.getPropertyName() == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(shorten(step.getPropertyName()));
            }
        }
        return text.isEmpty() ? "body" : text.toString();
    }

    private String found() {
        JsonNode node = node(path.size());
        if (node == null) {
            return "not understood";
        }
        boolean secret = path.stream()
                .map(JacksonException.Reference::getPropertyName)
                .anyMatch(name -> name != null && SECRET.contains(name));
        return secret && node.isValueNode() ? "of another kind" : kindOf(node);
    }

    private String wanted() {
        if (exception instanceof InputCoercionException) {
            return "a whole number, no larger than %d".formatted(Integer.MAX_VALUE);
        }
        Class<?> type = exception instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (type == null) {
            return "something else";
        }
        if (type == Integer.class || type == Long.class || type == int.class || type == long.class) {
            return "a whole number, without quotes, fraction or exponent";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false, without quotes";
        }
        if (type == String.class) {
            return "text in quotes";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return Collection.class.isAssignableFrom(type)
                ? "a list"
                : Map.class.isAssignableFrom(type) ? "an object of texts" : "an object";
    }

    /** The node that the first steps of the path lead to. */
    private @Nullable JsonNode node(int steps) {
        JsonNode node = root;
        for (JacksonException.Reference step : path.subList(0, steps)) {
            node = step.getPropertyName() == null ? node.get(step.getIndex()) : node.get(step.getPropertyName());
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}

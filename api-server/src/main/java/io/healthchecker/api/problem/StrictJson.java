package io.healthchecker.api.problem;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads bodies strictly: UTF-8, one JSON object, no duplicate or unknown field, nothing converted. What does not fit is
 * named by its field, all of it at once.
 */
public final class StrictJson {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_ERRORS = 20;
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate Object property \"([^\"]{1,200})\"");

    private static final Pattern UNRECOGNIZED = Pattern.compile("Unrecognized token '[^']*'");

    private final JsonMapper mapper = strictMapper();

    private static JsonMapper strictMapper() {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(50)
                        .maxNameLength(1_000)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        var builder = JsonMapper.builder(factory)
                .annotationIntrospector(new Unforgiving())
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        for (LogicalType type : LogicalType.values()) {
            builder.withCoercionConfig(type, coercions -> {
                for (CoercionInputShape shape : CoercionInputShape.values()) {
                    coercions.setCoercion(shape, CoercionAction.Fail);
                }
            });
        }
        return builder.build();
    }

    /** Records that ignore unknown fields, since Kubernetes reads them, do not ignore them here. */
    private static final class Unforgiving extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
            return super.findPropertyIgnoralByName(config, annotated).withoutIgnoreUnknown();
        }
    }

    /** The value that a body describes. */
    public <T> T read(byte[] body, Class<T> type) {
        return bind(tree(body), type);
    }

    /** The object that a body is. */
    public ObjectNode tree(byte[] body) {
        String text = utf8(body);
        if (text.isBlank()) {
            throw emptyBody();
        }
        JsonNode tree;
        try {
            tree = mapper.readTree(text);
        } catch (JacksonException unreadable) {
            throw unreadable(unreadable);
        }
        if (tree instanceof ObjectNode object) {
            refuseUnstorable("", object);
            return object;
        }
        throw ProblemException.malformed("the body is %s; send a JSON object".formatted(Misfit.kindOf(tree)));
    }

    static ProblemException emptyBody() {
        return ProblemException.malformed("the body is empty; send a JSON object");
    }

    /** The value that an object describes. The object may lose fields that do not fit. */
    public <T> T bind(ObjectNode object, Class<T> type) {
        return bind(object, type, Set.of());
    }

    /**
     * The value that an object describes.
     *
     * @param known fields beside those of the type, to be named where one is unknown
     */
    public <T> T bind(ObjectNode object, Class<T> type, Set<String> known) {
        List<FieldError> errors = new ArrayList<>();
        while (true) {
            try {
                T value = mapper.treeToValue(object, type);
                if (errors.isEmpty()) {
                    return value;
                }
                throw ProblemException.invalid(errors);
            } catch (JacksonException exception) {
                Misfit misfit = new Misfit(exception, object, known);
                errors.add(misfit.error());
                // the rest may be wrong as well: say everything at once
                if (errors.size() == MAX_ERRORS || !misfit.remove()) {
                    throw ProblemException.invalid(errors);
                }
            }
        }
    }

    // escapes can say what UTF-8 cannot, and PostgreSQL stores no NUL
    private static void refuseUnstorable(String path, JsonNode node) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(entry -> {
                    String field = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                    refuseUnstorable("a field name", entry.getKey(), path.isEmpty() ? "body" : path);
                    refuseUnstorable(field, entry.getValue());
                });
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    refuseUnstorable("%s[%d]".formatted(path, i), array.get(i));
                }
            }
            case StringNode text -> refuseUnstorable(path, text.stringValue(), path);
            default -> {} // numbers and words are what they are
        }
    }

    private static void refuseUnstorable(String what, String text, String field) {
        if (text.indexOf('\0') >= 0) {
            throw ProblemException.invalid(field, what + " contains the character NUL; remove it");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw ProblemException.invalid(field, what + " contains half of a surrogate pair; remove it");
        }
    }

    private static String utf8(byte[] body) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer text = CharBuffer.allocate(body.length);
        CoderResult result = decoder.decode(bytes, text, true);
        if (result.isError()) {
            throw ProblemException.malformed(
                    "the body is not UTF-8: byte %d does not fit; encode it as UTF-8".formatted(bytes.position() + 1));
        }
        return text.flip().toString();
    }

    private static ProblemException unreadable(JacksonException exception) {
        String said = String.valueOf(exception.getOriginalMessage());
        var location = exception.getLocation();
        String place = location == null || location.getLineNr() < 1
                ? ""
                : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
        Matcher duplicate = DUPLICATE.matcher(said);
        if (duplicate.find()) {
            String field = duplicate.group(1);
            return new ProblemException(
                    ProblemType.MALFORMED, field, "%s is there twice%s; keep one".formatted(field, place));
        }
        if (said.contains("nesting depth")) {
            return ProblemException.malformed(
                    "the body is nested deeper than %d levels%s; make it flatter".formatted(MAX_DEPTH, place));
        }
        return ProblemException.malformed("the body is not valid JSON%s: %s".formatted(place, firstSentence(said)));
    }

    private static String firstSentence(String said) {
        // what was not understood may be a password without its quotation marks
        String line = UNRECOGNIZED.matcher(said.lines().findFirst().orElse("")).replaceAll("Unrecognized token");
        return line.length() <= 160 ? line : line.substring(0, 160) + "…";
    }
}

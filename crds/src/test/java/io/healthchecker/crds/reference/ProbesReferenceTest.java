package io.healthchecker.crds.reference;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.Probe;
import io.healthchecker.testing.CommittedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about probes is written from the records of the definition. */
class ProbesReferenceTest {
    private static final Path EXAMPLES = Path.of("../examples/probes");
    private static final CommittedFile PAGE =
            new CommittedFile(Path.of("../docs/reference/probes.md"), ProbesReferenceTest.class, "probes.write");
    private static final java.util.regex.Pattern CHOICE =
            java.util.regex.Pattern.compile("\\^\\(([A-Za-z0-9_.|-]+)\\)\\$");

    @Test
    void theCommittedPageIsThatOfTheDefinition() {
        PAGE.assertIs(page());
    }

    private static String page() {
        List<Field> kinds = Arrays.stream(Definition.class.getDeclaredFields())
                .filter(field -> Probe.class.isAssignableFrom(field.getType()))
                .toList();
        return """
            # Probes

            Written from the definition; mended by `%s`.

            A definition says with exactly one of %s how a service is checked. It is the `spec` of a `HealthCheckService`, the
            body of the REST API, and what a file holds: the same fields with the same bounds. Expressions for `assertions` and
            `degradedWhen` are in [expressions.md](expressions.md), reasons of results in [reasons.md](reasons.md).
            Each example is run by a test, against a server that is what it says; your own is tried out without a server of
            ours by `hc check FILE`.

            ## Every kind
            %s

            %s
            """.formatted(
                        PAGE.mend(),
                        kinds.stream().map(kind -> "`" + kind.getName() + "`").collect(Collectors.joining(", ")),
                        table(Definition.class),
                        kinds.stream().map(ProbesReferenceTest::kind).collect(Collectors.joining("\n\n")));
    }

    private static String kind(Field kind) {
        return """
            ## %s
            %s

            %s

            ```yaml
            %s
            ```""".formatted(
                        kind.getName(),
                        described(kind),
                        table(kind.getType()),
                        example(kind.getName()).strip());
    }

    private static String example(String kind) {
        try {
            return Files.readString(EXAMPLES.resolve(kind + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String table(Class<?> type) {
        List<String> rows = new ArrayList<>();
        rows("", type, rows);
        return "| field | type | bounds | what it says |\n|---|---|---|---|\n" + String.join("\n", rows);
    }

    private static void rows(String path, Class<?> type, List<String> rows) {
        for (Field field : type.getDeclaredFields()) {
            if (java.lang.reflect.Modifier.isStatic(field.getModifiers())
                    || Probe.class.isAssignableFrom(field.getType())) {
                continue;
            }
            String name = path + field.getName();
            rows.add("| `%s` | %s | %s | %s |"
                    .formatted(
                            name,
                            typeName(field),
                            bounds(field),
                            described(field).replace("|", "\\|")));
            Class<?> nested = element(field);
            if (nested.isRecord()) {
                rows(name + (field.getType() == nested ? "." : "[]."), nested, rows);
            }
        }
    }

    private static Class<?> element(Field field) {
        return field.getGenericType() instanceof ParameterizedType of
                        && of.getActualTypeArguments()[0] instanceof Class<?> c
                ? c
                : field.getType();
    }

    private static String typeName(Field field) {
        Class<?> type = field.getType();
        if (List.class.isAssignableFrom(type)) {
            return "list of " + word(element(field));
        }
        return Map.class.isAssignableFrom(type) ? "map of strings" : word(type);
    }

    private static String word(Class<?> type) {
        if (type == String.class) {
            return "string";
        }
        return type == Integer.class || type == Long.class
                ? "integer"
                : type == Boolean.class
                        ? "boolean"
                        : type.isRecord() ? "object" : type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String bounds(Field field) {
        List<String> bounds = new ArrayList<>();
        if (field.isAnnotationPresent(Required.class)) {
            bounds.add("required");
        }
        Min min = field.getAnnotation(Min.class);
        Max max = field.getAnnotation(Max.class);
        if (min != null && max != null) {
            bounds.add("%d to %d".formatted((long) min.value(), (long) max.value()));
        }
        Size size = field.getAnnotation(Size.class);
        if (size != null) {
            String unit = field.getType() == String.class ? "characters" : "entries";
            bounds.add(
                    size.min() > 0
                            ? "%d to %d %s".formatted(size.min(), size.max(), unit)
                            : "up to %d %s".formatted(size.max(), unit));
        }
        Pattern pattern = field.getAnnotation(Pattern.class);
        Matcher choice = pattern == null ? null : CHOICE.matcher(pattern.value());
        if (choice != null && choice.matches()) {
            bounds.add(Arrays.stream(choice.group(1).split("\\|"))
                    .map(word -> "`" + word + "`")
                    .collect(Collectors.joining(", ")));
        }
        return String.join("; ", bounds);
    }

    private static String described(Field field) {
        JsonPropertyDescription description = field.getAnnotation(JsonPropertyDescription.class);
        return description == null ? "" : description.value();
    }
}

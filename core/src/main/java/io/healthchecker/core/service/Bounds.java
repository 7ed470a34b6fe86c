package io.healthchecker.core.service;

import com.google.re2j.Pattern;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bounds that stand as annotations on the records of {@code crds}, asked of a value: what the API server asks by
 * the CRD's schema, REST and files are asked here.
 */
final class Bounds {
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private final List<Violation> violations = new ArrayList<>();

    /** Everything in a record that is out of bounds. */
    static List<Violation> violations(Record value) {
        Bounds bounds = new Bounds();
        bounds.record("", value);
        return bounds.violations;
    }

    private void record(String path, Record value) {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
            Object field = read(component, value);
            Field declared = declared(value.getClass(), component);
            if (field == null) {
                if (declared.isAnnotationPresent(Required.class)) {
                    violations.add(new Violation(name, name + " is missing; it is required"));
                }
            } else {
                value(name, field, declared, declared.getAnnotatedType());
            }
        }
    }

    private void value(String name, Object value, AnnotatedElement element, AnnotatedType type) {
        switch (value) {
            case Integer number -> range(name, number, element);
            case String text -> text(name, text, element);
            case List<?> list -> list(name, list, element, type);
            case Map<?, ?> map -> size(name, map.size(), "entries", element);
            case Record nested -> record(name, nested);
            default -> {} // booleans have no bounds
        }
    }

    private void list(String name, List<?> list, AnnotatedElement element, AnnotatedType type) {
        size(name, list.size(), "entries", element);
        AnnotatedType item =
                type instanceof AnnotatedParameterizedType of ? of.getAnnotatedActualTypeArguments()[0] : type;
        for (int i = 0; i < list.size(); i++) {
            String entry = "%s[%d]".formatted(name, i);
            Object value = list.get(i);
            if (value == null) {
                violations.add(new Violation(entry, entry + " is null; remove it or give it a value"));
            } else {
                value(entry, value, item, item);
            }
        }
    }

    private void range(String name, int number, AnnotatedElement element) {
        Min min = element.getAnnotation(Min.class);
        Max max = element.getAnnotation(Max.class);
        if ((min != null && number < min.value()) || (max != null && number > max.value())) {
            violations.add(new Violation(
                    name,
                    "%s is %d; it must be %s"
                            .formatted(name, number, range(element).orElseThrow())));
        }
    }

    /** The bounds of a number in words, such as “1 to 60”; empty if it has none. */
    static Optional<String> range(AnnotatedElement element) {
        Min min = element.getAnnotation(Min.class);
        Max max = element.getAnnotation(Max.class);
        if (min == null) {
            return max == null ? Optional.empty() : Optional.of("at most %d".formatted((long) max.value()));
        }
        return Optional.of(
                max == null
                        ? "at least %d".formatted((long) min.value())
                        : "%d to %d".formatted((long) min.value(), (long) max.value()));
    }

    private void text(String name, String text, AnnotatedElement element) {
        size(name, text.codePointCount(0, text.length()), "characters", element);
        Optional<String> unstorable = unstorable(text);
        if (unstorable.isPresent()) {
            violations.add(new Violation(name, "%s contains %s; remove it".formatted(name, unstorable.get())));
            return;
        }
        var pattern = element.getAnnotation(io.fabric8.generator.annotation.Pattern.class);
        if (pattern != null
                && !PATTERNS.computeIfAbsent(pattern.value(), Pattern::compile)
                        .matcher(text)
                        .find()) {
            violations.add(new Violation(
                    name, "%s is %s; it must match %s".formatted(name, shown(name, text), pattern.value())));
        }
    }

    /** What is in a text that PostgreSQL cannot keep. */
    static Optional<String> unstorable(String text) {
        if (text.indexOf(0) >= 0) {
            return Optional.of("the character U+0000");
        }
        boolean half = text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        return half ? Optional.of("half of a surrogate pair") : Optional.empty();
    }

    private void size(String name, int size, String unit, AnnotatedElement element) {
        Size bounds = element.getAnnotation(Size.class);
        if (bounds != null && (size < bounds.min() || size > bounds.max())) {
            violations.add(new Violation(
                    name,
                    "%s has %d %s; it must have %d to %d".formatted(name, size, unit, bounds.min(), bounds.max())));
        }
    }

    /** A value to be named in a message: cut, and never that of a header to send, which may be a secret. */
    static String shown(String name, String text) {
        if (name.endsWith(".value")) {
            return "not shown";
        }
        return "\"" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "\"";
    }

    static Field declared(Class<?> type, RecordComponent component) {
        try {
            return type.getDeclaredField(component.getName());
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String joined(Collection<String> words) {
        return String.join(" and ", words);
    }
}

package io.healthchecker.standalone.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The table of metrics names every meter of every process, and no other. */
class MetricsReferenceTest {
    private static final Path TABLE = Path.of("../docs/reference/metrics.md");
    private static final Pattern METER = Pattern.compile("hc(\\.[a-z0-9]+)+");
    private static final Pattern ROW = Pattern.compile("\\| `(hc\\.[a-z0-9.]+)` \\| `(hc_[a-z0-9_]+)` \\|.*");

    @Test
    void everyMeterHasARowAndEveryRowAMeter() throws IOException {
        Map<String, String> rows = rows();
        assertThat(new TreeSet<>(rows.keySet()))
                .as("docs/reference/metrics.md against the constants of the *Metrics classes")
                .isEqualTo(meters());
        assertThat(rows).allSatisfy((meter, name) -> assertThat(name).startsWith(meter.replace('.', '_')));
    }

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), row.group(2));
            }
        }
        return rows;
    }

    private static NavigableSet<String> meters() {
        NavigableSet<String> meters = new TreeSet<>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.healthchecker").stream()
                        .filter(type -> type.getSimpleName().endsWith("Metrics"))
                        .forEach(type ->
                                strings(type).filter(METER.asMatchPredicate()).forEach(meters::add));
        return meters;
    }

    /** The string constants of a class. */
    private static Stream<String> strings(JavaClass type) {
        try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            Iterable<PoolEntry> pool =
                    ClassFile.of().parse(bytes.readAllBytes()).constantPool();
            return StreamSupport.stream(pool.spliterator(), false)
                    .filter(StringEntry.class::isInstance)
                    .map(entry -> ((StringEntry) entry).stringValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

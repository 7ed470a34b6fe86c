package io.healthchecker.api.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of the dashboard: libraries are those that the manifest names, modules find each other, languages say the same. */
class VendoredTest {
    private static final Path FOLDER = Path.of("src/main/resources/io/healthchecker/api/ui");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\\(?\\s*['\"](\\.{1,2}/[^'\"]+)['\"]");
    private static final Pattern BARE = Pattern.compile("\\}\\s*from\\s*['\"][^.]");
    private static final Pattern MESSAGE = Pattern.compile("\\bt\\(\\s*'([^']+)'");
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)[,}]");
    private static final Pattern SPEAK = Pattern.compile("\\bspeak\\('(\\w+)'\\)");
    private static final String ENGLISH = "en.json";
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void librariesAreThoseOfTheManifest() {
        Map<String, String> wanted = new TreeMap<>();
        for (JsonNode entry : JSON.readTree(read(FOLDER.resolve("js/vendor/manifest.json")))) {
            wanted.put(entry.path("file").asString(), entry.path("sha256").asString());
        }

        assertThat(files("js/vendor", "").stream()
                        .filter(file -> !file.endsWith("manifest.json") && !file.endsWith("LICENSES.txt"))
                        .collect(Collectors.toMap(file -> file.getFileName().toString(), VendoredTest::sha256)))
                .isEqualTo(wanted);
    }

    @Test
    void modulesAreImportedByPathsThatExist() {
        for (Path module : files("js", ".js")) {
            assertThat(BARE.matcher(read(module)).find()).as(module.toString()).isFalse();
            IMPORT.matcher(read(module))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(path -> assertThat(module.getParent().resolve(path))
                            .as("%s imports %s", FOLDER.relativize(module), path)
                            .isRegularFile());
        }
    }

    @Test
    void whatIsPreloadedExistsAndIsOneScreen() {
        List<String> preloaded = read(FOLDER.resolve("preload.txt")).lines().toList();

        assertThat(preloaded)
                .allSatisfy(path -> assertThat(FOLDER.resolve(path)).isRegularFile())
                .hasSizeLessThanOrEqualTo(25)
                .noneMatch(path -> path.contains("uplot"));
    }

    @Test
    void nothingIsWrittenAsMarkupOrStyle() {
        for (Path module : files("js", ".js")) {
            if (!module.toString().contains("vendor")) {
                assertThat(read(module))
                        .as(module.toString())
                        .doesNotContain("innerHTML", "insertAdjacentHTML", "dangerouslySet", "eval(", "style=\"");
            }
        }
        assertThat(read(FOLDER.resolve("index.html"))).doesNotContain("style=", "onclick", "<style");
    }

    @Test
    void everyMessageIsSaidInEveryLanguage() {
        Map<String, String> english = messages(FOLDER.resolve("i18n").resolve(ENGLISH));
        List<String> missing = new ArrayList<>();
        for (Path module : files("js", ".js")) {
            Map<String, String> known = new TreeMap<>(english);
            SPEAK.matcher(read(module))
                    .results()
                    .map(found -> messages(
                            FOLDER.resolve("i18n").resolve(found.group(1)).resolve(ENGLISH)))
                    .forEach(known::putAll);
            MESSAGE.matcher(read(module))
                    .results()
                    .map(found -> found.group(1))
                    .filter(key -> !known.containsKey(key))
                    .forEach(key -> missing.add(module.getFileName() + ": " + key));
        }
        for (Path catalogue : files("i18n", ".json")) {
            Map<String, String> said = messages(catalogue);
            Map<String, String> same = messages(catalogue.resolveSibling(ENGLISH));
            assertThat(said.keySet()).as(catalogue.toString()).isEqualTo(same.keySet());
            same.forEach((key, message) -> {
                if (!places(message).equals(places(said.get(key)))) {
                    missing.add("%s %s: %s".formatted(catalogue, key, said.get(key)));
                }
            });
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyReasonIsSaidInWords() {
        Map<String, String> english = messages(FOLDER.resolve("i18n/en.json"));
        assertThat(Stream.of(Reason.values()).map(reason -> "reason." + reason.name()))
                .allSatisfy(key -> assertThat(english).containsKey(key));
    }

    private static Set<String> places(String message) {
        return PLACE.matcher(message).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Map<String, String> messages(Path catalogue) {
        Map<String, String> messages = new TreeMap<>();
        JSON.readTree(read(catalogue))
                .properties()
                .forEach(entry -> messages.put(entry.getKey(), entry.getValue().asString()));
        return messages;
    }

    private static List<Path> files(String folder, String ending) {
        try (var found = Files.walk(FOLDER.resolve(folder))) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

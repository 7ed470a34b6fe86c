package io.healthchecker.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The chart of this checkout, as Helm renders it. */
final class Chart {
    static final String KUBERNETES = "1.37.2";
    static final String RELEASE = "hc";
    static final String NAMESPACE = "hc-system";
    static final Path DIRECTORY = checkout().resolve("helm/health-checker");

    private Chart() {}

    /** Renders with values files, and with single values {@code name=value}. */
    static Rendering render(Path file, String... values) {
        return new Rendering(text(file, values));
    }

    static String text(Path file, String... values) {
        return template(RELEASE, NAMESPACE, file, values).call();
    }

    static TemplateCommand template(String release, String namespace, Path file, String... values) {
        TemplateCommand command = new Helm(DIRECTORY)
                .template()
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(file);
        for (String value : values) {
            String[] parts = value.split("=", 2);
            command = command.set(parts[0], parts[1]);
        }
        return command;
    }

    /** A values file of the tests. */
    static Path values(String name) {
        return checkout().resolve("helm/src/test/resources/values").resolve(name + ".yaml");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> yaml(Path file) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(read(file));
    }

    static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("hc")) ? here : Objects.requireNonNull(here.getParent());
    }
}

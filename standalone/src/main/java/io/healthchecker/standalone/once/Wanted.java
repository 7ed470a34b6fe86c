package io.healthchecker.standalone.once;

import io.healthchecker.core.service.DefinitionFile;
import io.healthchecker.core.service.DefinitionReader;
import io.healthchecker.core.service.DefinitionRules;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.service.Violation;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.Probe;
import io.healthchecker.standalone.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Something to be checked: a definition under the name by which its user knows it. */
public record Wanted(String name, Definition definition) {
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

    /** What an argument names: one address, or all documents of a file. Throws {@link StartFailure} at the first fault. */
    public static List<Wanted> of(String argument) {
        return URL.matcher(argument).matches() ? List.of(address(argument)) : file(Path.of(argument));
    }

    /** What it is pointed at. */
    public String target() {
        Probe probe = definition.probe();
        return probe == null ? "" : probe.target();
    }

    private static Wanted address(String address) {
        var wanted = new Wanted(address, TargetAddress.definition(address));
        List<Violation> violations = DefinitionRules.violations(wanted.definition(), Source.FILE);
        if (!violations.isEmpty()) {
            throw new StartFailure(violations.getFirst().message().replaceFirst("^(http|tcp|tls|dns|icmp)\\.", ""));
        }
        return wanted;
    }

    private static List<Wanted> file(Path file) {
        DefinitionFile read;
        try (InputStream in = Files.newInputStream(file)) {
            read = DefinitionReader.read(file.toString(), in.readNBytes(DefinitionReader.MAX_BYTES + 1));
        } catch (IOException unreadable) {
            throw new StartFailure(
                    Files.exists(file)
                            ? "%s cannot be read; it must be a readable YAML file".formatted(file)
                            : "%s does not exist; give a URL such as https://example.com/ or a YAML file"
                                    .formatted(file),
                    unreadable);
        }
        if (!read.errors().isEmpty()) {
            throw new StartFailure(
                    read.errors().stream().map(Object::toString).collect(Collectors.joining(System.lineSeparator())));
        }
        return read.definitions().stream()
                .map(named -> new Wanted(named.name(), named.definition()))
                .toList();
    }
}

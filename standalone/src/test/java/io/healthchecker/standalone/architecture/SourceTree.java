package io.healthchecker.standalone.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java sources of every module, tests included: standalone sees the classes of their main code only. */
final class SourceTree {
    private static final Path ROOT = Path.of("..");
    private static final Pattern SLEEP = Pattern.compile("\\b(Thread|[A-Z]+)\\.sleep\\(");

    private SourceTree() {}

    static List<String> linesThatSleep() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceTree::javaFiles)
                    .flatMap(SourceTree::linesThatSleep)
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> linesThatSleep(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(SLEEP.asPredicate())
                    .map(line -> ROOT.relativize(file) + ": " + line.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

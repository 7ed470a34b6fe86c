package io.healthchecker.standalone.command;

import io.healthchecker.standalone.StartFailure;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        description = "Measures one budget and prints ratios. Needs a checkout.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class BenchCommand implements Callable<Integer> {
    private static final String PACKAGE = "io.healthchecker.bench.";
    private static final String SUFFIX = "Bench";

    @Parameters(index = "0", paramLabel = "NAME", description = "Which one, for example pipeline.")
    private String name = "";

    @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "What that one is given.")
    private List<String> arguments = List.of();

    /** {@code first-cycle} is {@code io.healthchecker.bench.FirstCycleBench}. */
    @Override
    public Integer call() throws Exception {
        String simpleName = Stream.of(name.split("-"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("", "", SUFFIX));
        try {
            var main = Class.forName(PACKAGE + simpleName).getMethod("main", String[].class);
            main.invoke(null, (Object) arguments.toArray(String[]::new));
            return 0;
        } catch (ClassNotFoundException | NoSuchMethodException _) {
            throw new StartFailure("there is no bench %s; %s".formatted(name, others()));
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    private static String others() throws IOException, URISyntaxException {
        var folder = BenchCommand.class.getClassLoader().getResource(PACKAGE.replace('.', '/'));
        if (folder == null || !folder.getProtocol().equals("file")) {
            return "it takes a checkout, and ./hc, to run one";
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("\\w+" + SUFFIX + "\\.class"))
                    .map(file -> file.replaceFirst(SUFFIX + "\\.class$", "")
                            .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                            .toLowerCase(Locale.ROOT))
                    .sorted()
                    .collect(Collectors.joining(", ", "there are: ", ""));
        }
    }
}

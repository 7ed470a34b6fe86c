package io.healthchecker.standalone.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.healthchecker.standalone.once.Checked;
import io.healthchecker.standalone.once.Output;
import io.healthchecker.standalone.once.Wanted;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Checks once, without a server.",
            "Exit code 0 says that all are up, 1 that one is not, 2 that an argument cannot be used."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "URL|FILE",
            description =
                    "http://, https://, tcp://host:port, tls://host, dns://server/name or icmp://host, or a YAML file of kind HealthCheckService.")
    private List<String> arguments = List.of();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json or junit. Default: table.")
    private Output output = Output.TABLE;

    @Option(
            names = "--debug",
            description = "Tell every word of the conversation, without secrets, on the error stream.")
    private boolean debug;

    @Option(
            names = "--trusted-certificates",
            paramLabel = "FILE",
            defaultValue = "${env:HC_PROBE_TRUSTEDCERTIFICATES}",
            description =
                    "PEM file of authorities to trust beside those of the JDK. Default: that of workers, $HC_PROBE_TRUSTEDCERTIFICATES.")
    private @Nullable Path trusted;

    @Override
    public Integer call() {
        // nothing of what libraries log belongs between results
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        List<Wanted> wanted =
                arguments.stream().map(Wanted::of).flatMap(List::stream).toList();
        List<Checked> checked = Checked.all(wanted, trusted, debug ? System.err::println : null);
        output.print(checked, new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        return checked.stream().allMatch(Checked::isUp) ? 0 : 1;
    }
}

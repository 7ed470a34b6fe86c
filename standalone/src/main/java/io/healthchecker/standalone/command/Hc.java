package io.healthchecker.standalone.command;

import io.healthchecker.standalone.StartFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The {@code hc} command line. Exit code 2 means that what the user gave cannot be used, and one line says why. */
@Command(
        name = "hc",
        description = "Health Checker: is it up, and since when not?",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            UpCommand.class,
            CheckCommand.class,
            OperatorCommand.class,
            WorkerCommand.class,
            ApiServerCommand.class,
            ReadyCommand.class,
            TrainCommand.class,
            BenchCommand.class,
            VersionCommand.class
        },
        footer = {"", "hc test runs all tests, and hc dev-cluster a Kubernetes for developers; both need a checkout."})
public final class Hc {
    static final int USAGE = 2;
    private static final int BUG = 70;

    private Hc() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        var line = new CommandLine(new Hc())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Hc::failed)
                .setParameterExceptionHandler(Hc::misused);
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        return line.execute(arguments);
    }

    /** The directory of the program: where the launcher is, or where we are. */
    static Path home() {
        return Path.of(System.getProperty("hc.home", "")).toAbsolutePath();
    }

    private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult given) {
        if (failure instanceof StartFailure) {
            String.valueOf(failure.getMessage())
                    .lines()
                    .map(each -> "hc: " + each)
                    .forEach(line.getErr()::println);
            return USAGE;
        }
        line.getErr().println("hc: this is a bug; please report it with what follows");
        failure.printStackTrace(line.getErr());
        return BUG;
    }

    private static int misused(ParameterException misuse, String[] given) {
        CommandLine line = misuse.getCommandLine();
        line.getErr().println("hc: " + misuse.getMessage());
        line.getErr().println(line.getHelp().fullSynopsis().strip());
        line.getErr().println("Help: " + line.getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }
}

package io.healthchecker.cluster.command;

import io.healthchecker.cluster.ClusterFailure;
import io.healthchecker.cluster.DeveloperCluster;
import io.healthchecker.cluster.DeveloperCluster.Nodes;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A Kubernetes that stays up after the command returns. Exit code 2 and one line where that cannot be. */
@Command(
        name = "hc dev-cluster",
        description = "A Kubernetes for developers, on this machine. Needs a checkout.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(up | down)")
public final class DevCluster {
    private static final int USAGE = 2;
    private static final int MOST_NODES = 1_000;
    private static final String DEFINITION =
            "crds/src/main/resources/META-INF/fabric8/healthcheckservices.healthchecker.io-v1.yml";

    private DevCluster() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        var line = new CommandLine(new DevCluster())
                .setExecutionExceptionHandler(DevCluster::failed)
                .setParameterExceptionHandler(DevCluster::misused);
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        return line.execute(arguments);
    }

    @Command(
            description = {
                "Brings it up, unless it is, and prints what a shell needs to use it:",
                "eval \"$$(./hc dev-cluster up)\""
            },
            mixinStandardHelpOptions = true)
    void up(
            @Option(
                            names = "--fake-nodes",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Also nodes on which pods become ready at once without running. Default: 0.")
                    int fakeNodes,
            @Option(names = "--real", description = "Instead a node on which pods run. Needs Linux and root.")
                    boolean real) {
        if (fakeNodes < 0 || fakeNodes > MOST_NODES) {
            throw new ClusterFailure("--fake-nodes is %d; it must be 0 to %d".formatted(fakeNodes, MOST_NODES));
        }
        if (real && fakeNodes > 0) {
            throw new ClusterFailure("choose one of --fake-nodes and --real");
        }
        System.out.print(cluster().up(real ? new Nodes.Real() : new Nodes.Fake(fakeNodes)));
    }

    @Command(description = "Takes it down and removes what it kept.", mixinStandardHelpOptions = true)
    void down() {
        cluster().down();
    }

    private static DeveloperCluster cluster() {
        Path definition = Path.of(System.getProperty("hc.home", ""), DEFINITION).toAbsolutePath();
        return DeveloperCluster.ofUser(definition, line -> System.err.println("hc: " + line));
    }

    private static int failed(Exception failure, CommandLine line, ParseResult given) throws Exception {
        if (failure instanceof ClusterFailure) {
            line.getErr().println("hc: " + failure.getMessage());
            return USAGE;
        }
        throw failure;
    }

    private static int misused(ParameterException misuse, String[] given) {
        CommandLine line = misuse.getCommandLine();
        line.getErr().println("hc: " + misuse.getMessage());
        line.getErr().println(line.getHelp().fullSynopsis().strip());
        return USAGE;
    }
}

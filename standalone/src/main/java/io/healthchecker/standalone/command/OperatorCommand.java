package io.healthchecker.standalone.command;

import io.healthchecker.operator.OperatorApplication;
import picocli.CommandLine.Command;

@Command(
        name = "operator",
        description = {
            "Turns definitions into services, and due slots into jobs.",
            "Needs DATABASE_URL and REDIS_URL. Run any number of them."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class OperatorCommand extends RoleCommand {
    OperatorCommand() {
        super(new Role("operator", OperatorApplication.class, 8081, false));
    }
}

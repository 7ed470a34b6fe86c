package io.healthchecker.standalone.command;

import io.healthchecker.worker.WorkerApplication;
import picocli.CommandLine.Command;

@Command(
        name = "worker",
        description = {
            "Takes due checks, probes, and writes results.",
            "Needs DATABASE_URL and REDIS_URL. Run any number of them."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class WorkerCommand extends RoleCommand {
    WorkerCommand() {
        super(new Role("worker", WorkerApplication.class, 8082, false));
    }
}

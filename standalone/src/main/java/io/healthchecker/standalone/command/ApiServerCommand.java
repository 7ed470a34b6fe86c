package io.healthchecker.standalone.command;

import io.healthchecker.api.ApiApplication;
import picocli.CommandLine.Command;

@Command(
        name = "api-server",
        description = {
            "Serves the REST API, the live feed and the dashboard.",
            "Needs DATABASE_URL, REDIS_URL and JWT_SECRET. Run any number of them."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ApiServerCommand extends RoleCommand {
    ApiServerCommand() {
        super(new Role("api-server", ApiApplication.class, 8080, true));
    }
}

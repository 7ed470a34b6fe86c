package io.healthchecker.standalone.command;

import io.healthchecker.standalone.cache.Exercise;
import io.healthchecker.standalone.embedded.DataDirectory;
import io.healthchecker.standalone.process.AllInOne;
import io.healthchecker.standalone.process.Console;
import io.healthchecker.standalone.process.Stops;
import io.healthchecker.standalone.setting.Port;
import io.healthchecker.standalone.setting.Setup;
import io.healthchecker.standalone.setting.Variables;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "train",
        hidden = true,
        description = "Starts everything on empty data, does what a first user does, and ends: for the start-up cache.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TrainCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        var variables = new Variables(Map.of()); // never on somebody's database
        var setup = Setup.of(variables);
        var whole = new AllInOne(variables, setup, new Console(System.out, setup.mode()));
        try (var stops = Stops.atExit()) {
            Exercise.run(whole.start(DataDirectory.ephemeral(), new Port(0), null, stops)
                    .port());
        }
        return 0;
    }
}

package io.healthchecker.e2e.command;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The living processes whose command line names something in a directory: a product's JVM, PostgreSQL and Redis. */
final class Footprint {
    private Footprint() {}

    static List<ProcessHandle> of(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> Stream.of(process.info().arguments().orElse(new String[0]))
                        .anyMatch(argument -> argument.contains(directory.toString())))
                .filter(ProcessHandle::isAlive)
                .toList();
    }
}

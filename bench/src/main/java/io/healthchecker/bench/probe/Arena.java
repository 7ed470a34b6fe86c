package io.healthchecker.bench.probe;

import io.healthchecker.bench.answer.Targets;
import io.healthchecker.bench.process.Cores;
import io.healthchecker.bench.process.JavaProgram;
import io.healthchecker.bench.process.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The servers on one core, and whoever makes checks of them on the other. */
public final class Arena implements AutoCloseable {
    private static final String UNDER_WAY = "64";

    private final Targets targets;
    private final @Nullable Path c;
    private final @Nullable Path rust;
    private final @Nullable Path blackbox;
    private final @Nullable Path debiansBlackbox;

    private Arena(Path cache) {
        Floors floors = new Floors(Path.of(System.getProperty("hc.home", "."), "bench", "floor"), cache);
        c = floors.c();
        rust = floors.rust();
        blackbox = Blackbox.built(cache);
        debiansBlackbox = Blackbox.ofDebian(cache);
        Cores.moveBeside();
        targets = Targets.start();
    }

    /** Builds and fetches what is needed, and starts the servers. */
    public static Arena open() {
        if (!Cores.pins()) {
            System.out.println("without cores of their own: there is one processor, or no taskset");
        }
        return new Arena(Path.of(System.getProperty("user.home"), ".cache", "health-checker", "bench"));
    }

    /** Starts one of them with one kind of check; null where it is not to be had on this machine. */
    @Nullable
    Client enter(Contender contender, Kind kind) {
        return switch (contender) {
            case WORKER ->
                start(JavaProgram.command(
                        WorkerClient.class, kind.name(), targets.ports().line(), UNDER_WAY, authority()));
            case C -> c == null ? null : start(floor(c, kind).toList());
            case RUST ->
                rust == null
                        ? null
                        : start(Stream.concat(floor(rust, kind), Stream.of(authority()))
                                .toList());
            case BLACKBOX -> blackbox == null ? null : BlackboxClient.start(blackbox, kind, targets);
            case DEBIANS_BLACKBOX ->
                debiansBlackbox == null ? null : BlackboxClient.start(debiansBlackbox, kind, targets);
        };
    }

    private Stream<String> floor(Path program, Kind kind) {
        return Stream.of(program.toString(), kind.word(), Integer.toString(kind.port(targets.ports())), UNDER_WAY);
    }

    private String authority() {
        return targets.authority().toString();
    }

    private static Client start(List<String> command) {
        return new ProgramClient(Program.start(Cores.measured(command)));
    }

    @Override
    public void close() {
        targets.close();
    }
}

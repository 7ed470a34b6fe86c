package io.healthchecker.bench.blackhole;

import io.healthchecker.bench.answer.Ports;
import io.healthchecker.worker.check.Probers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Checks of silent targets that are under way at once: as many with a connection each as there are descriptors for, and
 * the others without one, since nobody answers for their names.
 */
public record Mixture(int connections, int lookups) {
    private static final int OTHER_DESCRIPTORS = 1_000; // jars, servers, healthy checks
    private static final double LATE = 1.03; // a timeout is late on a busy loop, and its socket is held for as long

    /** So many in all, given how many descriptors this process may have. */
    public static Mixture of(int checks, long descriptors) {
        int connections = Math.clamp((long) ((descriptors - OTHER_DESCRIPTORS) / LATE), 0, checks);
        return new Mixture(connections, checks - connections);
    }

    /**
     * Has them be begun evenly, as many in the time of a timeout as are to be under way.
     *
     * @param hole port at which nothing is answered at all
     */
    public List<Load> start(Probers probers, Silence silence, int hole, Ports ports, int timeoutSeconds) {
        Load connecting = new Load(probers, silence.definitions(hole, ports));
        connecting.start(connections / timeoutSeconds);
        if (lookups < timeoutSeconds) {
            return List.of(connecting);
        }
        Load looking = new Load(probers, Silence.LOOKUP.definitions(hole, ports));
        looking.start(Math.ceilDiv(lookups, timeoutSeconds));
        return List.of(connecting, looking);
    }

    /** What it is made of, for the silence of its connections. */
    public String words(Silence silence) {
        return Stream.of(
                        "%,d silent to %s".formatted(connections, silence.name().toLowerCase(Locale.ROOT)),
                        "%,d to the look-up of their names".formatted(lookups))
                .limit(lookups == 0 ? 1 : 2)
                .reduce("%s and %s"::formatted)
                .orElseThrow();
    }
}

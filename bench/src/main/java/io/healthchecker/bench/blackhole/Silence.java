package io.healthchecker.bench.blackhole;

import io.healthchecker.bench.answer.Ports;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpProbe;
import java.util.List;
import java.util.stream.IntStream;

/** What a target says nothing to. */
public enum Silence {
    /** The first packet of a connection is dropped. */
    CONNECT,
    /** A connection stands, and its request has no answer. */
    ANSWER,
    /** A connection stands, and its TLS handshake is not answered. */
    HANDSHAKE,
    /** No name server answers for its name; all that wait for one share a socket. */
    LOOKUP;

    private static final int ADDRESSES = 200;
    private static final int NAMES = 5_000; // a look-up is shared by those who ask for the same name

    /**
     * Definitions of such targets.
     *
     * @param hole port at which nothing is answered at all
     */
    public List<Definition> definitions(int hole, Ports ports) {
        String url = switch (this) {
            case CONNECT -> "http://127.0.1.%d:" + hole + "/";
            case ANSWER -> "http://127.0.1.%d:" + ports.mute() + "/";
            case HANDSHAKE -> "https://127.0.1.%d:" + ports.mute() + "/";
            case LOOKUP -> "http://%d.silent.test/";
        };
        int targets = this == LOOKUP ? NAMES : ADDRESSES;
        return IntStream.rangeClosed(1, targets)
                .mapToObj(number -> Definition.of(HttpProbe.get(url.formatted(number))))
                .toList();
    }
}

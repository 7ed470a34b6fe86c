package io.healthchecker.bench.probe;

import java.util.EnumSet;
import java.util.Set;

/** Who makes checks. */
public enum Contender {
    WORKER("worker", EnumSet.allOf(Kind.class)),
    C("C, epoll", EnumSet.of(Kind.HTTP, Kind.TCP)),
    RUST("Rust, hyper and rustls", EnumSet.of(Kind.HTTP, Kind.HTTPS)),
    BLACKBOX("blackbox_exporter, newest", EnumSet.allOf(Kind.class)),
    DEBIANS_BLACKBOX("blackbox_exporter 0.23", EnumSet.allOf(Kind.class));

    private final String title;
    private final Set<Kind> kinds;

    Contender(String title, Set<Kind> kinds) {
        this.title = title;
        this.kinds = Set.copyOf(kinds);
    }

    String title() {
        return title;
    }

    boolean makes(Kind kind) {
        return kinds.contains(kind);
    }
}

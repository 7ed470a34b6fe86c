package io.healthchecker.standalone.embedded;

import io.healthchecker.standalone.StartFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** As whom PostgreSQL runs: it refuses to be root. */
enum Runner {
    /** As we do. */
    SELF(List.of()),
    /** As ourselves, seen from a user namespace in which we are nobody. Files keep their owner. */
    NAMESPACE(List.of("unshare", "-U")),
    /** As the user with id {@value #NOBODY}, who then owns the files. Where root may not make user namespaces, as in many containers. */
    NOBODY_USER(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));

    static final int NOBODY = 65_534;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final List<String> prefix;

    Runner(List<String> prefix) {
        this.prefix = prefix;
    }

    /** The one that works here. */
    static Runner here() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return SELF;
        }
        for (Runner candidate : List.of(NAMESPACE, NOBODY_USER)) {
            if (candidate.tool("true").run(LIMIT).code() == 0) {
                return candidate;
            }
        }
        throw new StartFailure(
                "PostgreSQL does not run as root, and neither unshare nor setpriv works here; run hc as an ordinary user, or set DATABASE_URL");
    }

    Tool tool(String... command) {
        return new Tool(Stream.concat(prefix.stream(), Stream.of(command)).toList());
    }
}

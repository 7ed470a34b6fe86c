package io.healthchecker.e2e.cluster;

import io.healthchecker.cluster.ClusterFolder;
import io.healthchecker.cluster.Programs;
import io.healthchecker.cluster.RealNode;
import org.jspecify.annotations.Nullable;

/** A node and the images of an installation, the same for all tests of this JVM, with which it ends. */
record Machine(RealNode node, Images images) {
    private static @Nullable Machine shared;

    static synchronized Machine shared() {
        if (shared == null) {
            Programs programs = Programs.ofUser(System.err::println);
            RealNode node = RealNode.start(ClusterFolder.ofThisJvm(), programs, System.err::println);
            shared = new Machine(node, Images.make(node, programs));
        }
        return shared;
    }
}

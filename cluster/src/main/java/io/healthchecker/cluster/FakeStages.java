package io.healthchecker.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How fake nodes and pods come to life: at once. */
final class FakeStages {
    private static final List<String> SHIPPED =
            List.of("node/fast/node-initialize", "pod/fast/pod-ready", "pod/fast/pod-complete", "pod/fast/pod-delete");

    private FakeStages() {}

    /** All of them in one YAML file, out of the sources of kwok. */
    static String read(Path kwok) {
        Path stages = kwok.resolve("kustomize/stage");
        return Stream.concat(
                        SHIPPED.stream().map(name -> text(stages.resolve(name + ".yaml"))),
                        Stream.of(completeTests(text(stages.resolve("pod/fast/pod-complete.yaml")))))
                .collect(Collectors.joining("\n---\n"));
    }

    /** The pods of {@code helm test} end well, too; they are of no Job. */
    private static String completeTests(String completeJobs) {
        return completeJobs
                .replace("name: pod-complete", "name: test-complete")
                .replace(".metadata.ownerReferences.[].kind", ".metadata.annotations[\"helm.sh/hook\"]")
                .replace("- 'Job'", "- 'test'");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.healthchecker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is built when, by a Go that is a script. */
class ProgramsTest {
    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();

    @Test
    void isBuiltOnceAndKept() throws IOException {
        Programs programs = programs(go("echo \"$8\" >>\"$0.calls\"; touch \"$7\"; chmod +x \"$7\""));

        programs.demand(Program.KUBECTL, Program.ETCD);
        Path kubectl = programs.get(Program.KUBECTL);
        programs.demand(Program.ETCD);

        assertThat(kubectl).isExecutable().hasFileName("kubectl");
        assertThat(Files.readAllLines(directory.resolve("go.calls")))
                .containsExactly("go.etcd.io/etcd/server/v3", "k8s.io/kubernetes/cmd/kubectl");
        assertThat(said).hasSize(2).first().asString().startsWith("building etcd from source with Go (1 of 2)");
    }

    @Test
    void withoutGoOneLineSaysWhatToInstall() {
        assertThatThrownBy(() -> programs(Optional.empty()).get(Program.KUBE_APISERVER))
                .isInstanceOf(ClusterFailure.class)
                .message()
                .isEqualTo(
                        "kube-apiserver is built with Go, and there is none on PATH; install Go 1.26 or later, for example from https://go.dev/dl");
    }

    @Test
    void aFailedBuildSaysWhyAndLeavesNothing() throws IOException {
        Programs programs = programs(go("echo 'no such module' >&2; exit 3"));

        assertThatThrownBy(() -> programs.get(Program.HELM))
                .isInstanceOf(ClusterFailure.class)
                .hasMessageEndingWith("ended with 3: no such module");
        assertThat(GoModule.CONTROL_PLANE.within(directory).resolve("helm")).doesNotExist();
    }

    @Test
    void aProgramThatIsThereNeedsNoGo() throws IOException {
        Path there = Files.createDirectories(GoModule.CONTROL_PLANE.within(directory))
                .resolve("kwok");
        Files.createFile(there);
        assertThat(there.toFile().setExecutable(true)).isTrue();

        assertThat(programs(Optional.empty()).get(Program.KWOK)).isEqualTo(there);
    }

    @Test
    void versionsAreThoseOfTheModule() {
        String kubernetes = GoModule.CONTROL_PLANE.version("k8s.io/kubernetes");

        assertThat(kubernetes).startsWith("v1.");
        assertThat(GoModule.CONTROL_PLANE.linkerFlags())
                .contains("-X k8s.io/component-base/version.gitVersion=" + kubernetes + " ")
                .contains("helm.sh/helm/v3/internal/version.version="
                        + GoModule.CONTROL_PLANE.version("helm.sh/helm/v3") + " ");
        assertThat(GoModule.HELM_4.linkerFlags()).endsWith("version=" + GoModule.HELM_4.version("helm.sh/helm/v4"));
        assertThat(GoModule.CONTROL_PLANE.key()).matches("[0-9a-f]{16}").isNotEqualTo(GoModule.HELM_4.key());
    }

    private Programs programs(Optional<Go> go) {
        return new Programs(directory, go, said::add);
    }

    private Optional<Go> go(String does) throws IOException {
        Path script = Files.writeString(directory.resolve("go"), "#!/bin/sh\n" + does + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return Go.find(directory.toString());
    }
}

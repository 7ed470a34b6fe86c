package io.healthchecker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.cluster.DeveloperCluster.Nodes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeveloperClusterTest {
    private static final Path DEFINITION =
            Path.of("../crds/src/main/resources/META-INF/fabric8/healthcheckservices.healthchecker.io-v1.yml");

    private final List<String> said = new ArrayList<>();
    private final Path path;
    private final DeveloperCluster cluster;

    DeveloperClusterTest(@TempDir Path temporary) {
        path = temporary.resolve("it's a cluster");
        cluster = new DeveloperCluster(path, Programs.ofUser(said::add), DEFINITION, said::add);
    }

    @AfterEach
    void takesItDown() {
        cluster.down();
    }

    @Test
    void whatItPrintsLetsAShellUseItUntilItIsDown() {
        String lines = cluster.up(new Nodes.Fake(0));

        assertThat(inAShell(lines, "kubectl get namespaces -o name")).contains("namespace/default");
        assertThat(inAShell(lines, "helm list")).contains("NAME");
        assertThat(inAShell(lines, "kubectl get healthcheckservices")).contains("No resources found");

        cluster.down();
        assertThat(Tool.of("sh", "-c", lines + "kubectl get namespaces").run().code())
                .isNotZero();
        assertThat(path).doesNotExist();
    }

    @Test
    void aSecondUpFindsItAndAnotherFormIsRefused() {
        String lines = cluster.up(new Nodes.Fake(0));

        assertThat(cluster.up(new Nodes.Fake(0))).isEqualTo(lines);
        assertThat(said).contains("the cluster is up already");
        assertThatThrownBy(() -> cluster.up(new Nodes.Fake(2)))
                .isInstanceOf(ClusterFailure.class)
                .hasMessage(
                        "the cluster is up with 0 fake nodes, not with 2 fake nodes; take it down first: hc dev-cluster down");
    }

    @Test
    void afterAProcessDiedItComesUpAnew() {
        cluster.up(new Nodes.Fake(0));
        ClusterFolder.at(path).kill("etcd");

        assertThat(inAShell(cluster.up(new Nodes.Fake(0)), "kubectl get namespaces -o name"))
                .contains("namespace/default");
    }

    @Test
    void podsOnFakeNodesAreReady() {
        String lines = cluster.up(new Nodes.Fake(2));

        assertThat(inAShell(lines, """
                kubectl create deployment web --image=web --replicas=3
                kubectl rollout status deployment web --timeout=60s
                kubectl get nodes -o name
                """)).contains("successfully rolled out", "node/fake-2");
    }

    private static String inAShell(String lines, String commands) {
        Tool.Ended ended = Tool.of("sh", "-ec", lines + commands).run();
        assertThat(ended.code()).as(ended.lastLine()).isZero();
        return ended.out() + ended.err();
    }
}

package io.healthchecker.e2e.cluster;

import static org.awaitility.Awaitility.await;

import io.healthchecker.cluster.RealNode;
import io.healthchecker.cluster.Tool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Debian's Docker inside the namespaces of a node, on the node's containerd. What it has built or loaded outlives it. */
final class DockerEngine implements AutoCloseable {
    private static final String SOCKET = "unix:///run/docker.sock";
    private static final Duration START = Duration.ofMinutes(1);

    private final RealNode node;

    DockerEngine(RealNode node) {
        this.node = node;
        node.startDaemon(
                "dockerd",
                "dockerd",
                "--host=" + SOCKET,
                "--data-root=" + node.path().resolve("docker"),
                "--exec-root=/run/docker",
                "--containerd=/run/containerd/containerd.sock",
                "--exec-opt=native.cgroupdriver=cgroupfs",
                "--default-ulimit=nofile=1024:4096");
        await("Docker")
                .atMost(START)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .until(() -> docker().run("version").code() == 0);
    }

    /** Compose, which Debian has by itself. */
    Tool compose() {
        return node.enter("/usr/bin/docker-compose").with("DOCKER_HOST", SOCKET);
    }

    Tool docker() {
        return node.enter("/usr/bin/docker").and("--host=" + SOCKET).with("DOCKER_BUILDKIT", "1");
    }

    @Override
    public void close() {
        node.enter("sh").demand("-c", "kill $(cat /run/docker.pid)");
        await("the end of Docker")
                .atMost(START)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .until(() -> docker().run("version").code() != 0);
    }
}

package io.healthchecker.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.cluster.DebianPackages;
import io.healthchecker.cluster.RealNode;
import io.healthchecker.cluster.Tool;
import io.healthchecker.testing.ApiClient;
import io.healthchecker.testing.FeedClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What README says of containers, by Docker and docker-compose, with the inherited walk-through. Needs root. */
@Tag("cluster")
class ComposeTest {
    private static final String PROJECT = "walk";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration START = Duration.ofMinutes(3);

    private RealNode node;
    private DockerEngine engine;

    @BeforeEach
    void startsDocker() {
        DebianPackages.demand(Map.of("/usr/bin/docker-compose", "docker-compose"), System.err::println);
        Machine machine = Machine.shared();
        node = machine.node();
        engine = new DockerEngine(node);
        machine.images().load(engine);
        node.enter("touch").demand(noVariables());
    }

    @AfterEach
    void endsDocker() {
        engine.docker().run("rm", "--force", "target");
        compose().demand("down", "--volumes");
        engine.close();
    }

    @Test
    void everythingStartsAndAServiceIsWatched() {
        compose().demand("up", "-d", "--no-build");
        engine.docker()
                .demand(
                        "run",
                        "-d",
                        "--name",
                        "target",
                        "--network",
                        PROJECT + "_default",
                        Images.TARGET,
                        "serve",
                        ":80");
        int port = node.forward("compose", "127.0.0.1:8080");
        ApiClient api = await("Health Checker")
                .atMost(START)
                .ignoreExceptions()
                .until(() -> ApiClient.loggedIn(port, "user@example.com"), Objects::nonNull);
        try (FeedClient feed = FeedClient.inherited(port, api.token())) {
            assertThat(api.create("My API", "http://target/", 2)).isEqualTo(1);
            await("Up").atMost(SOON).until(() -> state(api).equals("Up"));

            engine.docker().demand("exec", "target", "/target", "put", "http://localhost/503");
            await("Down").atMost(SOON).until(() -> feed.messages().size() == 1);
            engine.docker().demand("exec", "target", "/target", "put", "http://localhost/200");
            await("Up again").atMost(SOON).until(() -> feed.messages().size() == 2);

            assertThat(feed.messages().getFirst()).contains("\"OldStatus\":\"UP\",\"NewStatus\":\"DOWN\"");
            assertThat(feed.messages().getLast()).contains("\"OldStatus\":\"DOWN\",\"NewStatus\":\"UP\"");
        }
    }

    /** {@code docker compose up -d dependencies}: PostgreSQL and Redis are left, and nothing else. */
    @Test
    void theDependenciesStartByThemselves() {
        compose().demand("up", "-d", "--no-build", "dependencies");

        assertThat(compose()
                        .demand("ps", "--services", "--filter", "status=running")
                        .lines())
                .containsExactlyInAnyOrder("postgres", "redis");
    }

    private Tool compose() {
        return engine.compose()
                .with("HEALTH_CHECKER_IMAGE", Images.PRODUCT)
                .with("POSTGRES_IMAGE", Images.SERVICES)
                .with("REDIS_IMAGE", Images.SERVICES)
                .and("--project-name", PROJECT, "--env-file", noVariables())
                .and("--file", Images.checkout().resolve("compose.yaml").toString());
    }

    /** An empty file in the place of one that somebody may have in the checkout. */
    private String noVariables() {
        return node.path().resolve("compose.env").toString();
    }

    private static String state(ApiClient api) {
        return api.get("/api/v1/services/1").body().path("state").asString();
    }
}

package io.healthchecker.testing.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.healthchecker.cluster.ClusterFolder;
import io.healthchecker.cluster.ControlPlane;
import io.healthchecker.cluster.Programs;
import io.healthchecker.cluster.Tool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real kube-apiserver. Tests that let it live share one by {@link #shared()} and take a namespace each by
 * {@link #freshNamespace()}. It ends with the JVM. Its programs are built at the first use on a machine, in minutes.
 */
public final class TestKubernetes implements AutoCloseable {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static final PatchContext SERVER_SIDE_APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("test")
            .withForce(true)
            .build();
    private static final Duration ESTABLISHED = Duration.ofSeconds(60);

    private final ClusterFolder folder = ClusterFolder.ofThisJvm();
    private final ControlPlane plane;
    private final KubernetesClient client;
    private boolean hasNodes;

    private TestKubernetes() {
        this.plane = ControlPlane.start(
                folder, Programs.ofUser(line -> System.err.println("kubernetes of the tests: " + line)));
        this.client = new KubernetesClientBuilder().withConfig(config().build()).build();
    }

    /** That of all tests of this JVM. */
    public static TestKubernetes shared() {
        return Shared.KUBERNETES;
    }

    /** A new one, for tests that stop it. */
    public static TestKubernetes start() {
        return new TestKubernetes();
    }

    /** The same, with three fake nodes from now on: controllers work, and pods become ready without running. */
    public synchronized TestKubernetes withFakeNodes() {
        if (!hasNodes) {
            plane.addFakeNodes(3);
            hasNodes = true;
        }
        return this;
    }

    /** An administrator. It is shared and lives as long as this. */
    public KubernetesClient client() {
        return client;
    }

    /** A service account by a token of its own, which may what RBAC lets it. The account must exist; close the client. */
    public KubernetesClient client(String namespace, String serviceAccount) {
        return new KubernetesClientBuilder()
                .withConfig(config().withOauthToken(token(namespace, serviceAccount))
                        .withNamespace(namespace)
                        .build())
                .build();
    }

    /** A token of a service account, valid for an hour. The account must exist. */
    public String token(String namespace, String serviceAccount) {
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(TimeUnit.HOURS.toSeconds(1))
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    /** An administrator, for programs. */
    public Path kubeconfig() {
        return plane.kubeconfig();
    }

    public String url() {
        return plane.url();
    }

    /** The name of a new namespace. */
    public String freshNamespace() {
        String name = "test-" + NAMESPACES.incrementAndGet();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** Applies a YAML file of one or more objects; definitions of resources are established when it returns. */
    public List<HasMetadata> apply(Path yaml) {
        try {
            return apply(Files.readString(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Applies one or more objects server-side; definitions of resources are established when it returns. */
    public List<HasMetadata> apply(String yaml) {
        List<HasMetadata> applied =
                client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items().stream()
                        .map(each -> client.resource(each).patch(SERVER_SIDE_APPLY, each))
                        .toList();
        applied.stream()
                .filter(each -> each.getKind().equals("CustomResourceDefinition"))
                .forEach(each -> client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(each.getMetadata().getName())
                        .waitUntilCondition(TestKubernetes::isEstablished, ESTABLISHED.toSeconds(), TimeUnit.SECONDS));
        return applied;
    }

    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    /** kubectl as an administrator. */
    public Tool kubectl() {
        return plane.kubectl();
    }

    /** Helm 3 as an administrator. */
    public Tool helm() {
        return plane.helm();
    }

    /** Kills the API server; what it knew stays. */
    public void stopApiServer() {
        plane.stopApiServer();
    }

    /** Starts it again at the same address. Returns when it is ready. */
    public void startApiServer() {
        plane.startApiServer();
    }

    private ConfigBuilder config() {
        try {
            return new ConfigBuilder(Config.fromKubeconfig(Files.readString(kubeconfig())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        folder.end();
    }

    private static final class Shared {
        static final TestKubernetes KUBERNETES = start();
    }
}

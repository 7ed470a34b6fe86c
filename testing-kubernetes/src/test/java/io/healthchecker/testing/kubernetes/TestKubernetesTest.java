package io.healthchecker.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TestKubernetesTest {
    private static final String GREETING_DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: greetings.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Greeting, plural: greetings, singular: greeting}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
                          properties:
                            words:
                              type: string
                              x-kubernetes-validations: [{rule: "self != ''", message: say something}]
            """;

    private final TestKubernetes kubernetes = TestKubernetes.shared();

    @Test
    void everyNamespaceIsItsOwn() {
        String one = kubernetes.freshNamespace();
        String other = kubernetes.freshNamespace();
        create(one);

        assertThat(kubernetes.client().configMaps().inNamespace(one).list().getItems())
                .extracting(each -> each.getMetadata().getName())
                .contains("seen");
        assertThat(kubernetes.client().configMaps().inNamespace(other).list().getItems())
                .extracting(each -> each.getMetadata().getName())
                .doesNotContain("seen");
    }

    @Test
    void anAppliedDefinitionIsServedAndItsRulesAreKept() {
        String namespace = kubernetes.freshNamespace();
        kubernetes.apply(GREETING_DEFINITION);
        kubernetes.apply(greeting(namespace, "hello"));

        assertThat(kubernetes
                        .kubectl()
                        .demand("get", "greetings", "-n", namespace, "-o", "jsonpath={.items[*].spec.words}"))
                .isEqualTo("hello");
        assertThatThrownBy(() -> kubernetes.apply(greeting(namespace, "")))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("say something");
        assertThat(kubernetes
                        .kubectl()
                        .reading(greeting(namespace, ""))
                        .run("apply", "-f", "-")
                        .err())
                .contains("say something");
    }

    @Test
    void aServiceAccountMayWhatItsRoleSaysAndNoMore() {
        String namespace = kubernetes.freshNamespace();
        kubernetes
                .client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        kubernetes
                .kubectl()
                .demand("create", "role", "reader", "--verb=get,list", "--resource=configmaps", "-n", namespace);
        kubernetes
                .kubectl()
                .demand(
                        "create",
                        "rolebinding",
                        "reader",
                        "--role=reader",
                        "--serviceaccount=" + namespace + ":reader",
                        "-n",
                        namespace);

        try (var reader = kubernetes.client(namespace, "reader")) {
            // a role is in force a moment after it was made
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                    .untilAsserted(() -> assertThat(reader.configMaps()
                                    .inNamespace(namespace)
                                    .list()
                                    .getItems())
                            .isNotNull());
            assertThatThrownBy(() -> reader.secrets().inNamespace(namespace).list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("forbidden");
        }
    }

    @Test
    void aStoppedApiServerRefusesAndARestartedOneRemembers() {
        try (TestKubernetes own = TestKubernetes.start()) {
            String namespace = own.freshNamespace();

            own.stopApiServer();
            assertThat(own.kubectl().run("get", "namespaces").err()).contains("refused");

            own.startApiServer();
            assertThat(own.client().namespaces().withName(namespace).get()).isNotNull();
        }
    }

    @Test
    void onFakeNodesADeploymentIsRolledOutAndAReleaseInstalled() {
        kubernetes.withFakeNodes();
        String namespace = kubernetes.freshNamespace();

        kubernetes.kubectl().demand("create", "deployment", "web", "--image=web", "--replicas=2", "-n", namespace);
        assertThat(kubernetes
                        .client()
                        .apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName("web")
                        .waitUntilReady(180, TimeUnit.SECONDS)
                        .getStatus()
                        .getReadyReplicas())
                .isEqualTo(2);
        assertThat(kubernetes.helm().run("list", "-n", namespace).code()).isZero();
    }

    private void create(String namespace) {
        ConfigMap seen = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("seen")
                .withNamespace(namespace)
                .endMetadata()
                .build();
        kubernetes.client().resource(seen).create();
    }

    private static String greeting(String namespace, String words) {
        return """
                apiVersion: example.com/v1
                kind: Greeting
                metadata: {name: first, namespace: %s}
                spec: {words: "%s"}
                """.formatted(namespace, words);
    }
}

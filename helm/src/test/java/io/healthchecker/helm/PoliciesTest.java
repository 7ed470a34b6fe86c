package io.healthchecker.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.cluster.Tool;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policies of admission, as a real API server judges by them. */
class PoliciesTest {
    private static final TestKubernetes KUBERNETES = TestKubernetes.shared();
    private static final Duration IN_FORCE = Duration.ofSeconds(90);
    private static final String ADMITTED = "";

    private static String policies = "";

    @BeforeAll
    static void apply() {
        KUBERNETES.apply(Chart.DIRECTORY.resolve("files/crd.yaml"));
        KUBERNETES.apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: judged}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: exempt}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: declares}
                rules:
                  - {apiGroups: [healthchecker.io], resources: [healthcheckservices], verbs: [create, get, patch, update]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: declares}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: declares}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: dora}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: reads-one, namespace: judged}
                rules:
                  - {apiGroups: [""], resources: [secrets], resourceNames: [hers], verbs: [get]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: reads-one, namespace: judged}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reads-one}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: dora}]
                """);
        String text = Chart.template("hc", "policed", Chart.values("policies"), "policies.actions[0]=Deny")
                .set("policies.exemptNamespaces[0]", "exempt")
                .call();
        policies = Stream.of(text.split("(?m)^---\n"))
                .filter(document -> document.contains("kind: ValidatingAdmissionPolicy"))
                .collect(Collectors.joining("\n---\n"));
        KUBERNETES.apply(policies);
        await().atMost(IN_FORCE)
                .until(() -> !declared("admin", "judged", "tcp: {host: unheard.of, port: 443}")
                        .equals(ADMITTED));
        await().atMost(IN_FORCE)
                .until(() -> !declared("admin", "judged", "periodSeconds: 2, " + http("https://shop.example.com/"))
                        .equals(ADMITTED));
        await().atMost(IN_FORCE)
                .until(() -> !declared("dora", "judged", withSecrets("theirs")).equals(ADMITTED));
        await().atMost(IN_FORCE)
                .until(() -> declared("dora", "judged", withSecrets("hers")).equals(ADMITTED));
    }

    /** Other tests of this JVM declare what they like. */
    @AfterAll
    static void remove() {
        KUBERNETES.kubectl().reading(policies).demand("delete", "-f", "-");
        await().atMost(IN_FORCE)
                .until(() -> declared("admin", "judged", "tcp: {host: unheard.of, port: 443}")
                        .equals(ADMITTED));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            http: {url: "https://shop.example.com/health"}        | ''
            http: {url: "HTTPS://Shop.Example.Com/health"}        | ''
            http: {url: "https://a.internal.example.com:8443/"}   | ''
            http: {url: "https://example.com/"}                   | host example.com may not be checked in this cluster; allowed: shop.example.com, *.internal.example.com
            http: {url: "https://internal.example.com/"}          | host internal.example.com may not be checked
            http: {url: "https://shop.example.com.evil.org/"}     | host shop.example.com.evil.org may not be checked
            http: {url: "https://[::1]/"}                         | host ::1 may not be checked
            http: {url: "http://shop.example.com/"}               | port 80 may not be checked in this cluster; allowed: 443, 8443
            http: {url: "https://shop.example.com:22/"}           | port 22 may not be checked
            tcp: {host: a.internal.example.com, port: 8443}       | ''
            tcp: {host: a.internal.example.com, port: 5432}       | port 5432 may not be checked
            tcp: {host: 10.0.0.1, port: 443}                      | host 10.0.0.1 may not be checked
            tls: {host: 10.0.0.1, port: 443}                      | host 10.0.0.1 may not be checked
            icmp: {host: a.internal.example.com}                  | ''
            icmp: {host: 10.0.0.1}                                | host 10.0.0.1 may not be checked
            grpc: {host: shop.example.com, port: 50051}           | port 50051 may not be checked
            websocket: {url: "wss://shop.example.com/live"}       | ''
            websocket: {url: "ws://shop.example.com/live"}        | port 80 may not be checked
            dns: {name: example.org, type: A}                     | ''
            dns: {name: example.org, type: A, server: 9.9.9.9}    | host 9.9.9.9 may not be checked
            heartbeat: {graceSeconds: 60}                         | ''
            periodSeconds: 10, http: {url: "https://shop.example.com/"} | ''
            periodSeconds: 9, http: {url: "https://shop.example.com/"}  | periodSeconds is 9; in this cluster it must be at least 10
            """)
    void targetsAndPeriodsAreJudged(String spec, String message) {
        if (message.isEmpty()) {
            assertThat(declared("admin", "judged", spec)).isEmpty();
        } else {
            assertThat(declared("admin", "judged", spec)).contains(message);
        }
        assertThat(declared("admin", "exempt", spec)).isEmpty();
    }

    /** The operator reads Secrets for whoever refers to them: nobody gets to a Secret by it that is closed to them. */
    @Test
    void onlyWhoMayReadASecretMayReferToIt() {
        assertThat(declared("dora", "judged", withSecrets("hers"))).isEmpty();
        assertThat(declared("dora", "judged", withSecrets("hers", "hers"))).isEmpty();
        assertThat(declared("admin", "judged", withSecrets("theirs"))).isEmpty();
        assertThat(declared("dora", "judged", withSecrets("hers", "theirs")))
                .contains("spec refers to Secret theirs, which dora may not get in namespace judged;"
                        + " ask for that permission, or refer to another Secret");
        assertThat(declared("dora", "judged", http("https://shop.example.com/")))
                .isEmpty();
    }

    /** Each question costs; there is room for ten. */
    @Test
    void manySecretsAreAskedForWithinWhatAJudgementMayCost() {
        assertThat(declared("dora", "judged", withSecrets(times("hers", 10)))).isEmpty();
        assertThat(declared("dora", "judged", withSecrets(times("hers", 11))))
                .contains(
                        "spec refers to 11 Secrets; above 10, whoever declares it must be allowed to get all Secrets");
        assertThat(declared("admin", "judged", withSecrets(times("any", 32)))).isEmpty();
    }

    private static String[] times(String name, int count) {
        return IntStream.range(0, count).mapToObj(_ -> name).toArray(String[]::new);
    }

    private static String http(String url) {
        return "http: {url: \"%s\"}".formatted(url);
    }

    private static String withSecrets(String... names) {
        String headers = IntStream.range(0, names.length)
                .mapToObj(i -> "{name: H%d, valueFrom: {secretKeyRef: {name: %s, key: token}}}".formatted(i, names[i]))
                .collect(Collectors.joining(", "));
        return "http: {url: \"https://shop.example.com/\", headers: [%s]}".formatted(headers);
    }

    /** What the API server says against it; nothing where it is admitted. */
    private static String declared(String user, String namespace, String spec) {
        Tool kubectl = user.equals("admin")
                ? KUBERNETES.kubectl()
                : KUBERNETES.kubectl().and("--as=" + user);
        Tool.Ended ended =
                kubectl.reading("""
                        apiVersion: healthchecker.io/v1alpha1
                        kind: HealthCheckService
                        metadata: {name: judged}
                        spec: {%s}
                        """.formatted(spec)).run("create", "--dry-run=server", "-n", namespace, "-f", "-");
        return ended.code() == 0 ? ADMITTED : ended.err();
    }
}

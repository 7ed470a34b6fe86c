package io.healthchecker.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RBAC of a real API server answers of the operator's account: all that it needs, and nothing else. */
class PermissionsTest {
    private static final TestKubernetes KUBERNETES = TestKubernetes.shared();
    private static final Set<String> KINDS =
            Set.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");

    @BeforeAll
    static void apply() {
        for (String namespace : new String[] {"wide", "narrow", "shop", "bank", "other"}) {
            KUBERNETES.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n".formatted(namespace));
        }
        KUBERNETES.apply(permissions("wide", "default"));
        KUBERNETES.apply(permissions("narrow", "namespaced"));
    }

    private static String permissions(String namespace, String values) {
        String text = Chart.template("hc", namespace, Chart.values(values)).call();
        return text.lines()
                .collect(Collectors.joining("\n"))
                .transform(all -> Stream.of(all.split("(?m)^---\n"))
                        .filter(document -> !document.isBlank()
                                && KINDS.contains(new Rendering(document)
                                        .things().stream()
                                                .map(Thing::kind)
                                                .findFirst()
                                                .orElse("")))
                        .collect(Collectors.joining("\n---\n")));
    }

    @ParameterizedTest(name = "{0} {1} in {2}: {3}, where namespaces are named: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            get     | healthchecker.io/healthcheckservices          | shop        | yes | yes
            list    | healthchecker.io/healthcheckservices          | shop        | yes | yes
            watch   | healthchecker.io/healthcheckservices          | bank        | yes | yes
            list    | healthchecker.io/healthcheckservices          | other       | yes | no
            list    | healthchecker.io/healthcheckservices          | ''          | yes | no
            patch   | healthchecker.io/healthcheckservices/status   | shop        | yes | yes
            patch   | healthchecker.io/healthcheckservices/status   | other       | yes | no
            create  | events.k8s.io/events                          | shop        | yes | yes
            patch   | events.k8s.io/events                          | shop        | yes | yes
            create  | events.k8s.io/events                          | other       | yes | no
            create  | events.k8s.io/events                          | OWN         | yes | yes
            patch   | events.k8s.io/events                          | OWN         | yes | yes
            delete  | events.k8s.io/events                          | OWN         | no  | no
            get     | /namespaces shop                              | shop        | yes | yes
            get     | /namespaces kube-system                       | kube-system | yes | yes
            get     | /namespaces other                             | other       | yes | no
            create  | coordination.k8s.io/leases                    | OWN         | yes | yes
            get     | coordination.k8s.io/leases hc-health-checker-operator | OWN | yes | yes
            update  | coordination.k8s.io/leases hc-health-checker-operator | OWN | yes | yes
            list    | /secrets                                      | shop        | no  | yes
            list    | /secrets                                      | bank        | no  | no
            list    | /secrets                                      | OWN         | no  | no
            get     | /secrets token                                | shop        | no  | no
            create  | healthchecker.io/healthcheckservices          | shop        | no  | no
            update  | healthchecker.io/healthcheckservices          | shop        | no  | no
            patch   | healthchecker.io/healthcheckservices          | shop        | no  | no
            delete  | healthchecker.io/healthcheckservices          | shop        | no  | no
            update  | healthchecker.io/healthcheckservices/status   | shop        | no  | no
            delete  | events.k8s.io/events                          | shop        | no  | no
            list    | events.k8s.io/events                          | shop        | no  | no
            delete  | coordination.k8s.io/leases hc-health-checker-operator | OWN | no  | no
            get     | coordination.k8s.io/leases another            | OWN         | no  | no
            get     | coordination.k8s.io/leases hc-health-checker-operator | kube-system | no | no
            create  | coordination.k8s.io/leases                    | shop        | no  | no
            list    | /namespaces                                   | ''          | no  | no
            patch   | /namespaces shop                              | shop        | no  | no
            list    | /pods                                         | OWN         | no  | no
            create  | /pods                                         | OWN         | no  | no
            create  | /pods/exec                                    | OWN         | no  | no
            get     | /configmaps                                   | OWN         | no  | no
            list    | /nodes                                        | ''          | no  | no
            create  | /serviceaccounts/token                        | OWN         | no  | no
            patch   | apps/deployments                              | OWN         | no  | no
            get     | apiextensions.k8s.io/customresourcedefinitions | ''         | no  | no
            patch   | apiextensions.k8s.io/customresourcedefinitions | ''         | no  | no
            escalate | rbac.authorization.k8s.io/clusterroles       | ''          | no  | no
            bind    | rbac.authorization.k8s.io/clusterroles        | ''          | no  | no
            impersonate | /users                                    | ''          | no  | no
            """)
    void mayIt(String verb, String resource, String namespace, String wide, String narrow) {
        // what may be done is in force a moment after it was applied; rows that say so come first
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(may("wide", verb, resource, namespace))
                    .as("all namespaces")
                    .isEqualTo(wide);
            assertThat(may("narrow", verb, resource, namespace))
                    .as("named namespaces")
                    .isEqualTo(narrow);
        });
    }

    private static String may(String release, String verb, String resource, String namespace) {
        String[] words = resource.split(" ", 2);
        String[] path = words[0].split("/", 3);
        var review = KUBERNETES
                .client()
                .authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser("system:serviceaccount:%s:hc-health-checker-operator".formatted(release))
                        .addToGroups(
                                "system:serviceaccounts", "system:serviceaccounts:" + release, "system:authenticated")
                        .withNewResourceAttributes()
                        .withVerb(verb)
                        .withGroup(path[0])
                        .withResource(path[1])
                        .withSubresource(path.length > 2 ? path[2] : null)
                        .withName(words.length > 1 ? words[1].strip() : null)
                        .withNamespace(namespace.equals("OWN") ? release : namespace)
                        .endResourceAttributes()
                        .endSpec()
                        .build());
        return Boolean.TRUE.equals(review.getStatus().getAllowed()) ? "yes" : "no";
    }
}

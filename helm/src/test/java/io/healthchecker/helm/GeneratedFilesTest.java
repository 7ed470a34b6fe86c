package io.healthchecker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that follow from others: committed, and compared here. */
class GeneratedFilesTest {
    private static final String MEND = "./mvnw -q -Dfast -pl helm -am test -Dtest=GeneratedFilesTest -Dhelm.write=true";

    private static final String DEFINITION =
            "crds/src/main/resources/META-INF/fabric8/healthcheckservices.healthchecker.io-v1.yml";

    private final Path chart = Chart.DIRECTORY;

    @Test
    void definitionSchemaReadmeAndManifestsFollowRecordsAndValues() throws IOException {
        committed(chart.resolve("files/crd.yaml"), Chart.read(Chart.checkout().resolve(DEFINITION)));
        List<Value> values = values();
        committed(chart.resolve("values.schema.json"), ValuesSchema.of(values));
        committed(chart.resolve("README.md"), ValuesTable.into(Chart.read(chart.resolve("README.md")), values));
        committed(Chart.checkout().resolve("install.yaml"), manifests());
    }

    @Test
    void argoCdIsGivenTheScriptsThatAreTested() throws IOException {
        Path argo = Chart.checkout().resolve("examples/gitops/argocd");
        StringBuilder text = new StringBuilder("""
                # For the ConfigMap argocd-cm of Argo CD: what a HealthCheckService's health is, and what can be done with it.
                # Generated from the .lua files beside this one; take health-strict.lua for the first if you want that.
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: argocd-cm
                  namespace: argocd
                  labels:
                    app.kubernetes.io/part-of: argocd
                data:
                  resource.customizations.health.healthchecker.io_HealthCheckService: |
                """);
        text.append(Chart.read(argo.resolve("health.lua")).indent(4));
        text.append("  resource.customizations.actions.healthchecker.io_HealthCheckService: |\n    discovery.lua: |\n");
        text.append(Chart.read(argo.resolve("actions/discovery.lua")).indent(6));
        text.append("    definitions:\n");
        for (String action : List.of("suspend", "resume", "check-now")) {
            text.append("      - name: ").append(action).append("\n        action.lua: |\n");
            text.append(Chart.read(argo.resolve("actions/" + action + ".lua")).indent(10));
        }
        committed(argo.resolve("argocd-cm.yaml"), text.toString());
    }

    @Test
    void everyValueIsExplained() {
        assertThat(values().stream().flatMap(GeneratedFilesTest::all))
                .allSatisfy(value -> assertThat(value.comment())
                        .as("a comment above " + value.path())
                        .isPresent());
    }

    private List<Value> values() {
        return ValuesFile.parse(Chart.read(chart.resolve("values.yaml"))).values();
    }

    private static Stream<Value> all(Value value) {
        return Stream.concat(Stream.of(value), value.parts().stream().flatMap(GeneratedFilesTest::all));
    }

    /** What the chart renders for whoever has no Helm; tests of the release itself are of no use there. */
    private static String manifests() {
        String rendered = Chart.template(
                        "health-checker", "health-checker", Chart.checkout().resolve("helm/install-values.yaml"))
                .call();
        String objects = Stream.of(rendered.split("(?m)^---\n"))
                .filter(document -> !document.isBlank() && !document.contains("helm.sh/hook"))
                .map(document -> "---\n" + document.strip() + "\n")
                .map(document -> document.replaceAll("(?m)^ +helm.sh/(chart|resource-policy): .*\n", "")
                        .replace("app.kubernetes.io/managed-by: Helm", "app.kubernetes.io/managed-by: kubectl")
                        .replaceAll("(?m)^  annotations:\n(?=[a-z])", ""))
                .reduce("", String::concat);
        return """
                # Health Checker without Helm; generated from helm/health-checker. First a Secret with what it needs:
                #   kubectl create namespace health-checker
                #   kubectl -n health-checker create secret generic health-checker \\
                #     --from-literal=DATABASE_URL='postgres://user:password@host:5432/database?sslmode=require' \\
                #     --from-literal=REDIS_URL='redis://:password@host:6379' \\
                #     --from-literal=JWT_SECRET="$(openssl rand -base64 32)" \\
                #     --from-literal=SECRET_KEY="$(openssl rand -base64 32)"
                #   kubectl apply --server-side -f install.yaml
                ---
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: health-checker
                  labels:
                    pod-security.kubernetes.io/enforce: restricted
                """ + objects;
    }

    private static void committed(Path file, String generated) throws IOException {
        if (Boolean.getBoolean("helm.write")) {
            Files.writeString(file, generated);
        }
        assertThat(Files.exists(file) && Chart.read(file).equals(generated))
                .as(file + " is not what it must be; mend it by: " + MEND)
                .isTrue();
    }
}

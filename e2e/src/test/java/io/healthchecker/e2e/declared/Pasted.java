package io.healthchecker.e2e.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.cluster.Tool;
import io.healthchecker.e2e.Copied;
import io.healthchecker.testing.ApiClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the dashboard gives to be pasted, pasted.
 *
 * @param kubectl what the lines call by that name
 */
record Pasted(Declared declared, Tool kubectl, ApiClient api) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The lines for the owner of a resource do what they say. */
    void linesChange(String name) {
        shell(Copied.suspend(declared.namespace(), name, true));
        assertThat(suspended(name)).isTrue();
        shell(Copied.suspend(declared.namespace(), name, false));
        assertThat(suspended(name)).isFalse();
        assertThat(shell("EDITOR=true " + Copied.edit(declared.namespace(), name)))
                .contains("no changes made");
    }

    private boolean suspended(String name) {
        return JSON.readTree(declared.kubectl().demand("get", "hcs", name, "-o", "json"))
                .at("/spec/suspend")
                .asBoolean();
    }

    /** The manifest of every form is a resource that says what the form does. */
    void formsAreTaken() {
        StringBuilder manifests = new StringBuilder();
        Copied.FORMS.forEach((kind, fields) -> manifests
                .append("---\n")
                .append(api.text("/api/v1/services:render", form(kind, fields).toString())));
        JsonNode taken = JSON.readTree(declared.kubectl()
                .reading(manifests.toString())
                .demand("apply", "--dry-run=server", "-o", "json", "-f", "-"));
        assertThat(taken.path("items")).hasSameSizeAs(Copied.FORMS.keySet());
        for (JsonNode resource : taken.path("items")) { // with all that an API server adds
            String kind = resource.at("/metadata/name").asString().substring("form-".length());
            assertThat(resource.at("/metadata/uid").asString()).isNotEmpty();
            JsonNode read =
                    api.postYaml("/api/v1/services:parse", resource.toString()).body();
            JsonNode form = form(kind, Copied.FORMS.get(kind));
            assertThat(says(read, form)).as("%s of %s", read, form).isTrue();
        }
    }

    /** Whether a definition says all that a form does; an API server adds what is said by default. */
    private static boolean says(JsonNode definition, JsonNode form) {
        return form.isObject()
                ? form.properties().stream().allMatch(field -> says(definition.path(field.getKey()), field.getValue()))
                : definition.equals(form);
    }

    private static JsonNode form(String kind, Map<String, Object> fields) {
        return JSON.valueToTree(
                Map.of("name", "form-" + kind, kind, fields, "labels", Map.of("tier", "1", "on", "off")));
    }

    /** Runs a line as a shell does, in which kubectl is that of the cluster. */
    private String shell(String line) {
        String words = kubectl.command().stream().map("'%s'"::formatted).collect(Collectors.joining(" "));
        List<String> shell = List.of("sh", "-c", "kubectl() { %s \"$@\"; }; %s".formatted(words, line));
        Tool.Ended ended = new Tool(shell, kubectl.environment(), "", kubectl.limit()).run();
        assertThat(ended.code()).as(line + ": " + ended.err()).isZero();
        return ended.out() + ended.err();
    }
}

package io.healthchecker.operator.source.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.HealthCheckService;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.SecretKeyRef;
import io.healthchecker.crds.probe.ValueSource;
import java.util.List;
import java.util.Map;

/** Resources as an informer would hand them out. */
final class Resources {
    private Resources() {}

    static HealthCheckService resource(String namespace, String name, String uid, long generation, Definition spec) {
        var resource = new HealthCheckService();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(uid)
                .withGeneration(generation)
                .build());
        resource.setSpec(spec);
        return resource;
    }

    static HealthCheckService annotated(HealthCheckService resource, String annotation, String value) {
        resource.getMetadata().setAnnotations(Map.of(annotation, value));
        return resource;
    }

    static Definition http(String url) {
        return Definition.of(HttpProbe.get(url));
    }

    static Definition withToken(String url, String secret, String key) {
        var header = new HttpHeader("Authorization", null, new ValueSource(new SecretKeyRef(secret, key)));
        return Definition.of(HttpProbe.get(url).withHeaders(List.of(header)));
    }
}

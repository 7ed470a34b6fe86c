package io.healthchecker.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An operator that is older than the resources in the cluster reads them all the same. */
class TolerantReadingTest {
    private final KubernetesSerialization kubernetes = new KubernetesSerialization();

    @Test
    void unknownFieldsAndWordsDoNotStopTheReader() {
        HealthCheckService read = kubernetes.unmarshal("""
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: checkout, namespace: shop, someday: true}
                spec:
                  http:
                    url: https://shop.example.com/
                    method: BREW
                    someday: {a: [1]}
                    headers: [{name: a, someday: 1, valueFrom: {someday: {}, secretKeyRef: {name: b, key: c, someday: 1}}}]
                    expectedHeaders: [{name: a, someday: 1}]
                  tcp: {host: x, port: 1, someday: 1}
                  someday: 1
                status:
                  state: Elsewhere
                  someday: 1
                  conditions: [{type: Ready, status: Perhaps, someday: 1}]
                """, HealthCheckService.class);

        assertThat(read.getSpec().http().method()).isEqualTo("BREW");
        assertThat(read.getSpec()
                        .http()
                        .headers()
                        .getFirst()
                        .valueFrom()
                        .secretKeyRef()
                        .name())
                .isEqualTo("b");
        assertThat(read.getStatus().state()).isEqualTo("Elsewhere");
        assertThat(read.getStatus().conditions().getFirst().status()).isEqualTo("Perhaps");
    }

    @Test
    void everyRecordOfTheModelIgnoresWhatItDoesNotKnow() {
        Set<Class<?>> records = new LinkedHashSet<>();
        collect(Definition.class, records);
        collect(ServiceStatus.class, records);

        assertThat(records)
                .hasSizeGreaterThan(6)
                .allSatisfy(type -> assertThat(type.getAnnotation(JsonIgnoreProperties.class))
                        .as(type.getName())
                        .isNotNull()
                        .extracting(JsonIgnoreProperties::ignoreUnknown)
                        .isEqualTo(true));
    }

    private static void collect(Class<?> type, Set<Class<?>> records) {
        if (type.isRecord() && records.add(type)) {
            for (RecordComponent component : type.getRecordComponents()) {
                classes(component.getGenericType()).forEach(nested -> collect(nested, records));
            }
        }
    }

    private static List<Class<?>> classes(Type type) {
        List<Class<?>> classes = new ArrayList<>();
        switch (type) {
            case Class<?> plain -> classes.add(plain);
            case ParameterizedType of ->
                Stream.of(of.getActualTypeArguments()).forEach(a -> classes.addAll(classes(a)));
            default -> throw new IllegalStateException(type + " is unknown here");
        }
        return classes;
    }
}

package io.healthchecker.api.openapi;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.healthchecker.api.problem.Problem;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.BasicCredentials;
import io.healthchecker.crds.probe.Capture;
import io.healthchecker.crds.probe.ClientCertificate;
import io.healthchecker.crds.probe.ClientCredentials;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.GrpcProbe;
import io.healthchecker.crds.probe.HeaderExpectation;
import io.healthchecker.crds.probe.HeartbeatProbe;
import io.healthchecker.crds.probe.HttpAuthentication;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.HttpProxy;
import io.healthchecker.crds.probe.HttpStep;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.crds.probe.SecretKeyRef;
import io.healthchecker.crds.probe.SecretText;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TlsProbe;
import io.healthchecker.crds.probe.ValueSource;
import io.healthchecker.crds.probe.WebsocketProbe;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Puts what stands on the records of a definition into the document, and the shape of a problem. */
final class DocumentDetails implements GlobalOpenApiCustomizer {
    private static final List<Class<? extends Record>> BOUNDED = List.of(
            Definition.class,
            HttpProbe.class,
            TcpProbe.class,
            TlsProbe.class,
            DnsProbe.class,
            IcmpProbe.class,
            GrpcProbe.class,
            WebsocketProbe.class,
            HeartbeatProbe.class,
            HttpHeader.class,
            BasicCredentials.class,
            Capture.class,
            ClientCertificate.class,
            ClientCredentials.class,
            HttpAuthentication.class,
            HttpProxy.class,
            HttpStep.class,
            SecretText.class,
            HeaderExpectation.class,
            ValueSource.class,
            SecretKeyRef.class);

    @Override
    @SuppressWarnings("rawtypes") // as the document's own methods have it
    public void customise(OpenAPI document) {
        Map<String, Schema> schemas =
                new TreeMap<>(ModelConverters.getInstance(true).readAll(Problem.class));
        if (document.getComponents().getSchemas() != null) {
            schemas.putAll(document.getComponents().getSchemas());
        }
        BOUNDED.forEach(type -> detail(schemas.get(type.getSimpleName()), type));
        // those that the fields of a definition stand in directly
        detail(schemas.get("ServiceView"), Definition.class);
        detail(schemas.get("ServiceBody"), Definition.class);
        document.getComponents().setSchemas(schemas);
    }

    private static void detail(@Nullable Schema<?> schema, Class<? extends Record> type) {
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        for (Field field : type.getDeclaredFields()) {
            Schema<?> property = schema.getProperties().get(field.getName());
            if (property != null) {
                detail(property, field);
                where(field, Required.class, _ -> schema.addRequiredItem(field.getName()));
            }
        }
    }

    private static void detail(Schema<?> property, Field field) {
        where(field, JsonPropertyDescription.class, description -> property.setDescription(description.value()));
        where(field, Min.class, min -> property.setMinimum(BigDecimal.valueOf((long) min.value())));
        where(field, Max.class, max -> property.setMaximum(BigDecimal.valueOf((long) max.value())));
        where(field, Pattern.class, pattern -> property.setPattern(pattern.value()));
        where(field, Size.class, size -> {
            int min = (int) size.min();
            int max = (int) size.max();
            if (Collection.class.isAssignableFrom(field.getType())) {
                property.minItems(min).maxItems(max);
            } else if (Map.class.isAssignableFrom(field.getType())) {
                property.minProperties(min).maxProperties(max);
            } else {
                property.minLength(min).maxLength(max);
            }
        });
    }

    private static <A extends Annotation> void where(Field field, Class<A> type, Consumer<A> then) {
        A annotation = field.getAnnotation(type);
        if (annotation != null) {
            then.accept(annotation);
        }
    }
}

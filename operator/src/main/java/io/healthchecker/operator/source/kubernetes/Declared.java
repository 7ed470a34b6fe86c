package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.service.KubernetesOrigin;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.ResourceName;
import io.healthchecker.core.service.SecretReference;
import io.healthchecker.core.service.Source;
import io.healthchecker.crds.Definition;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a resource declares, found good and ready to be stored. */
record Declared(
        Resource resource, Definition definition, Map<SecretReference, Secret> secrets, int teamId, String hash) {

    /**
     * The resource itself, as far as it is remembered.
     *
     * @param adopt annotation that asks to take over a service: its id, then anything after a blank; null without one
     */
    record Resource(
            ResourceName name,
            String uid,
            long generation,
            @Nullable String adopt) {
        private static final Pattern ID = Pattern.compile("([0-9]{1,18})(\\s.*)?");

        /** The service that is asked for, unless that request was handled before; null if none is. */
        @Nullable
        Long adopts(@Nullable String handled) {
            Matcher id = ID.matcher(adopt == null || adopt.equals(handled) ? "" : adopt);
            return id.matches() ? Long.valueOf(id.group(1)) : null;
        }
    }

    KubernetesOrigin origin(long serviceId) {
        return new KubernetesOrigin(serviceId, resource.name, resource.uid, resource.generation, hash);
    }

    NewService wanted() {
        return new NewService(
                teamId, resource.name.serviceName(), Source.KUBERNETES, resource.name.owner(), definition);
    }
}

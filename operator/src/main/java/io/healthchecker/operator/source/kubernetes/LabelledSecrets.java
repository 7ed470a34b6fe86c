package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.service.SecretReference;
import io.healthchecker.operator.status.StatusReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads Secrets that say by a label that probes may use them; others are never seen. */
final class LabelledSecrets implements SecretValues {
    /** Label of a Secret that definitions in its namespace may refer to. */
    static final String LABEL = "healthchecker.io/probe-secret";

    private static final int MAX_LENGTH = 8_192;

    private final BiFunction<String, String, Optional<io.fabric8.kubernetes.api.model.Secret>> informed;

    /** @param informed the informer's copy of a labelled Secret, by namespace and name */
    LabelledSecrets(BiFunction<String, String, Optional<io.fabric8.kubernetes.api.model.Secret>> informed) {
        this.informed = informed;
    }

    /** Where no Secret is read at all. */
    static SecretValues none() {
        return (namespace, reference) -> {
            throw new Missing(
                    StatusReason.SECRET_NOT_READABLE,
                    "Secrets are not read; whoever runs the operator can set hc.operator.kubernetes.secrets to true");
        };
    }

    @Override
    public Secret read(String namespace, SecretReference reference) throws Missing {
        var secret = informed.apply(namespace, reference.name())
                .orElseThrow(() -> new Missing(
                        StatusReason.SECRET_NOT_FOUND,
                        "Secret %s is not there, or lacks the label %s: \"true\"; create or label it"
                                .formatted(reference.name(), LABEL)));
        String encoded = secret.getData() == null ? null : secret.getData().get(reference.key());
        if (encoded == null) {
            throw new Missing(
                    StatusReason.SECRET_KEY_NOT_FOUND,
                    "Secret %s has no key %s; add it, or name another one"
                            .formatted(reference.name(), reference.key()));
        }
        String text = decoded(encoded, reference);
        // most tools that write a Secret leave the line break of the file there
        String value = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (value.length() > MAX_LENGTH || value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw unusable(reference, "has a line break or more than %d characters".formatted(MAX_LENGTH));
        }
        return new Secret(value);
    }

    private static String decoded(String encoded, SecretReference reference) throws Missing {
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw unusable(reference, "is not text in UTF-8");
        }
    }

    private static Missing unusable(SecretReference reference, String why) {
        return new Missing(
                StatusReason.SECRET_NOT_READABLE,
                "the value of Secret %s, key %s, %s; a header cannot carry it"
                        .formatted(reference.name(), reference.key(), why));
    }
}

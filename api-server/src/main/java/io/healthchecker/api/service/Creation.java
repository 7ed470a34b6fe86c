package io.healthchecker.api.service;

import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.secret.Sha256;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.core.service.Service;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Creates a service, once for each Idempotency-Key: who repeats a request gets the first answer again. */
final class Creation {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final Services services;
    private final IdempotencyTable keys;

    Creation(Services services, IdempotencyTable keys) {
        this.services = services;
        this.keys = keys;
    }

    /** The answer to a request that creates. */
    record Answered(long serviceId, String answer, boolean replayed) {}

    /**
     * Creates a service, or finds what was created under the key.
     *
     * @param answer from the new service to what is answered, without secrets
     */
    Answered create(
            Principal principal, @Nullable String key, Services.Wanted wanted, Function<Service, String> answer) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw ProblemException.badParameter(
                    "Idempotency-Key", "Idempotency-Key must be 1 to 255 visible ASCII characters");
        }
        String hash = hash(principal, wanted);
        Answered answered = services.inTransaction(() -> {
            if (key != null && !keys.claim(principal.accountId(), key, hash)) {
                return replay(principal, key, hash);
            }
            Service service = services.create(principal, wanted);
            String said = answer.apply(service);
            if (key != null) {
                keys.answer(principal.accountId(), key, service.id(), said);
            }
            return new Answered(service.id(), said, false);
        });
        if (!answered.replayed()) {
            services.told();
        }
        return answered;
    }

    private Answered replay(Principal principal, String key, String hash) {
        var given = keys.find(principal.accountId(), key)
                .orElseThrow(
                        () -> ProblemException.conflict("a request with this Idempotency-Key is under way; repeat it"));
        if (!given.requestHash().equals(hash)) {
            throw ProblemException.invalid(
                    "Idempotency-Key", "Idempotency-Key was used for another request; choose a new one");
        }
        return new Answered(given.serviceId(), given.answer(), true);
    }

    private static String hash(Principal principal, Services.Wanted wanted) {
        String asked = "POST /api/v1/services\n%d\n%s\n%s"
                .formatted(principal.teamId(), wanted.name(), DefinitionJson.write(wanted.definition()));
        return HexFormat.of().formatHex(Sha256.of(asked));
    }
}

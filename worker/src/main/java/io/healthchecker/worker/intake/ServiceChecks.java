package io.healthchecker.worker.intake;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.core.secret.SecretCipher.Unreadable;
import io.healthchecker.core.secret.ServiceSecretTable;
import io.healthchecker.core.service.SecretReference;
import io.healthchecker.core.service.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes checks of services, with the secrets that their definitions refer to. They are decrypted here, live in the check
 * alone, and are blotted out of whatever a target sends back of them.
 */
final class ServiceChecks {
    // shorter ones are in every text
    private static final int BLOTTED = 4;

    private final CheckStarter.Source checks;
    private final ServiceSecretTable secrets;
    private final Optional<SecretCipher> cipher;

    /** @param cipher empty where no key is configured */
    ServiceChecks(CheckStarter.Source checks, ServiceSecretTable secrets, Optional<SecretCipher> cipher) {
        this.checks = checks;
        this.secrets = secrets;
        this.cipher = cipher;
    }

    /** What is kept, encrypted, for those of some services that refer to secrets: by service and reference. */
    Map<Long, Map<String, byte[]>> sealed(Collection<Service> services) {
        List<Long> referring = services.stream()
                .filter(service -> !SecretReference.of(service.definition()).isEmpty())
                .map(Service::id)
                .toList();
        return referring.isEmpty() ? Map.of() : secrets.of(referring);
    }

    /**
     * Makes a service ready to be checked; one whose secrets cannot be read is ready to say so.
     *
     * @throws IllegalArgumentException if it cannot be checked
     */
    CheckStarter prepare(Service service, Map<String, byte[]> sealed) {
        Map<SecretReference, Secret> values = new HashMap<>();
        for (SecretReference reference : SecretReference.of(service.definition())) {
            try {
                values.put(reference, open(service.id(), reference, sealed));
            } catch (Unreadable e) {
                String detail = "Secret %s cannot be read: %s".formatted(reference, e.getMessage());
                return job -> CompletableFuture.completedFuture(
                        CheckResult.unknown(job, Reason.SECRET_UNREADABLE, 0, detail));
            }
        }
        CheckStarter starter = checks.prepare(service, SecretReference.resolve(service.definition(), values));
        return values.isEmpty() ? starter : new Discreet(starter, List.copyOf(values.values()));
    }

    private Secret open(long serviceId, SecretReference reference, Map<String, byte[]> sealed) throws Unreadable {
        byte[] bytes = sealed.get(reference.toString());
        if (bytes == null) {
            throw new Unreadable("it is not stored yet");
        }
        return cipher.orElseThrow(() -> new Unreadable("this worker has no SECRET_KEY"))
                .open(serviceId, reference.toString(), bytes);
    }

    /** A check whose results never show a secret. */
    private record Discreet(CheckStarter starter, List<Secret> secrets) implements CheckStarter {
        @Override
        public CompletionStage<CheckResult> start(Job job) {
            return starter.start(job).thenApply(this::blotted);
        }

        private CheckResult blotted(CheckResult result) {
            String detail = result.detail();
            if (detail == null) {
                return result;
            }
            for (String shown : shown()) {
                detail = detail.replace(shown, "***");
            }
            return detail.equals(result.detail()) ? result : result.withDetail(detail);
        }

        // a target that sends a header back may do so without its scheme
        private List<String> shown() {
            List<String> shown = new ArrayList<>();
            for (Secret secret : secrets) {
                String text = secret.reveal();
                shown.add(text);
                int blank = text.indexOf(' ');
                shown.add(blank < 0 ? text : text.substring(blank + 1));
            }
            return shown.stream().filter(text -> text.length() >= BLOTTED).toList();
        }
    }
}

package io.healthchecker.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.secret.SecretCipher;
import io.healthchecker.core.secret.ServiceSecretTable;
import io.healthchecker.core.service.NewService;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.service.Source;
import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.HttpHeader;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.SecretKeyRef;
import io.healthchecker.crds.probe.ValueSource;
import io.healthchecker.worker.Installation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceChecksTest {
    private static final String REFERENCE = "probe/token";
    private static final Job JOB = new Job(1, 0, 1, 1, JobKind.MANUAL);
    private static final SecretCipher CIPHER = SecretCipher.of(new Secret("0123456789abcdef0123456789abcdef"));

    private final Installation installation = new Installation();
    private final ServiceSecretTable table = new ServiceSecretTable(installation.jdbc);
    private final Service service = installation.registration.create(new NewService(
            installation.wanted(60, 1, 1, false).teamId(),
            "shop/checkout",
            Source.KUBERNETES,
            "default/shop/checkout",
            definition()));
    private Definition probed;

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void aSecretIsPutWhereTheDefinitionRefersToIt() {
        seal(CIPHER);
        assertThat(check(Optional.of(CIPHER), "fine").outcome()).isEqualTo(Outcome.UP);

        assertThat(probed.http().headers())
                .extracting(HttpHeader::value)
                .containsExactly("Bearer s3cr3t", "text/plain");
        assertThat(probed.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void whatATargetSendsBackOfASecretIsBlottedOut() {
        seal(CIPHER);

        assertThat(check(Optional.of(CIPHER), "you sent Bearer s3cr3t").detail())
                .isEqualTo("you sent ***");
        assertThat(check(Optional.of(CIPHER), "token=s3cr3t").detail()).isEqualTo("token=***");
    }

    @Test
    void aSecretThatCannotBeReadIsOurTroubleAndSaysWhy() {
        assertUnreadable(Optional.of(CIPHER), "Secret probe/token cannot be read: it is not stored yet");
        seal(SecretCipher.of(new Secret("another 0123456789abcdef01234567")));
        assertUnreadable(
                Optional.of(CIPHER),
                "Secret probe/token cannot be read: it was encrypted with another SECRET_KEY than this process has");
        assertUnreadable(Optional.empty(), "Secret probe/token cannot be read: this worker has no SECRET_KEY");
        assertThat(probed).as("nothing was probed").isNull();
    }

    @Test
    void whoRefersToNoSecretCostsNoQuery() {
        Service plain = installation.service(1, 1);
        var checks = new ServiceChecks(_ -> _ -> new CompletableFuture<>(), table, Optional.empty());

        assertThat(checks.sealed(List.of(plain))).isEmpty();
        assertThat(checks.prepare(plain, Map.of())).isNotNull();
    }

    private void assertUnreadable(Optional<SecretCipher> cipher, String detail) {
        CheckResult result = check(cipher, "never");
        assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(result.reason()).isEqualTo(Reason.SECRET_UNREADABLE);
        assertThat(result.detail()).isEqualTo(detail);
    }

    private CheckResult check(Optional<SecretCipher> cipher, String answer) {
        var checks = new ServiceChecks(
                definition -> {
                    probed = definition;
                    return job -> CompletableFuture.completedFuture(result(job, answer));
                },
                table,
                cipher);
        Map<String, byte[]> sealed = checks.sealed(List.of(service)).getOrDefault(service.id(), Map.of());
        return checks.prepare(service, sealed).start(JOB).toCompletableFuture().join();
    }

    private static CheckResult result(Job job, String detail) {
        var unknown = CheckResult.unknown(job, Reason.OK, 0, detail);
        return new CheckResult(job, Outcome.UP, Reason.OK, 0, 1, unknown.phases(), 200, false, detail);
    }

    private void seal(SecretCipher cipher) {
        table.replace(
                service.id(), Map.of(REFERENCE, cipher.seal(service.id(), REFERENCE, new Secret("Bearer s3cr3t"))));
    }

    private static Definition definition() {
        var token = new HttpHeader("Authorization", null, new ValueSource(new SecretKeyRef("probe", "token")));
        return Definition.of(HttpProbe.get("http://127.0.0.1:1/")
                .withHeaders(List.of(token, HttpHeader.of("Accept", "text/plain"))));
    }
}

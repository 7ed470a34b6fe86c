package io.healthchecker.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteFailureTest {
    @ParameterizedTest
    @CsvSource({
        "409, CONFLICT",
        "404, GONE",
        "410, GONE",
        "403, FORBIDDEN",
        "422, REFUSED",
        "500, REFUSED",
        "401, UNREACHABLE",
        "429, UNREACHABLE",
        "503, UNREACHABLE",
    })
    void anAnswerSaysWhy(int code, WriteFailure failure) {
        assertThat(WriteFailure.of(new KubernetesClientException("no", code, null)))
                .isEqualTo(failure);
    }

    @Test
    void withoutAnAnswerTheServerIsAway() {
        assertThat(WriteFailure.of(new KubernetesClientException("no", new IOException("refused"))))
                .isEqualTo(WriteFailure.UNREACHABLE);
    }
}

package io.healthchecker.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Caller;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private final Caller caller = Api.shared().somebody().caller().with("Accept-Encoding", "gzip");

    @Test
    void longAnswersAreCompressedAndShortOnesAreNot() {
        assertThat(caller.get("/openapi.json").header("Content-Encoding")).isEqualTo("gzip");
        assertThat(caller.get("/api/v1/teams").header("Content-Encoding")).isEmpty();
        assertThat(caller.get("/api/v1/services/index").header("Content-Encoding"))
                .as("which is compressed already, once")
                .isEqualTo("gzip");
    }

    @Test
    void theTagOfACompressedAnswerIsGoodForAChange() {
        String labels = "x".repeat(60);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            all.append("%s\"key-%d\":\"%s%d\"".formatted(i == 0 ? "" : ",", i, labels, i % 10));
        }
        Answer created = caller.post(
                "/api/v1/services", "{\"name\":\"long\",\"url\":\"http://a.test/\",\"labels\":{%s}}".formatted(all));
        String location = created.header("Location");
        Answer read = caller.get(location);
        assertThat(read.header("Content-Encoding")).isEqualTo("gzip");

        Answer changed = caller.with("If-Match", read.header("ETag")).patch(location, "{\"periodSeconds\":30}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(caller.with("If-None-Match", read.header("ETag"))
                        .get(location)
                        .status())
                .isEqualTo(200);
    }
}

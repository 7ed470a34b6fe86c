package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.check.Outcome;
import io.healthchecker.testing.StubServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConversationTest {
    @Test
    void everythingThatIsSaidIsToldButSecrets() {
        List<String> told = new CopyOnWriteArrayList<>();
        String body = "{\"db\":\"ok\",\"access_token\":\"hunter3\",\"echo\":\"hunter2hunter2\"}";
        try (var probers = TestProbers.standalone();
                var stub = StubServer.answering(
                        "HTTP/1.1 200 OK\r\nSet-Cookie: sid=hunter4\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(body.length(), body))) {
            Examined examined = probers.probers()
                    .examine(
                            Wanted.http(stub.url("/health?api_key=hunter5&a=b"))
                                    .header("Authorization", "Bearer hunter1")
                                    .header("X-Shop", "hunter2hunter2")
                                    .contains("ok")
                                    .definition(),
                            told::add)
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertThat(examined.result().outcome()).isEqualTo(Outcome.UP);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(told)
                            .contains(
                                    "* dialling 127.0.0.1:%d".formatted(stub.port()),
                                    "* connected to 127.0.0.1",
                                    "> GET /health?api_key=***&a=b HTTP/1.1",
                                    "> Authorization: ***",
                                    "> X-Shop: ***",
                                    "< HTTP/1.1 200 OK",
                                    "< Set-Cookie: ***",
                                    "< {\"db\":\"ok\",\"access_token\":***,\"echo\":\"***\"}"));
        }
        assertThat(String.join("\n", told)).doesNotContain("hunter");
    }
}

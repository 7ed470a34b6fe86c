package io.healthchecker.standalone.reach;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.standalone.StartFailure;
import io.healthchecker.standalone.setting.DatabaseAddress;
import io.healthchecker.standalone.setting.RedisAddress;
import io.healthchecker.standalone.setting.Setup;
import io.healthchecker.standalone.setting.Variables;
import io.healthchecker.testing.FreePort;
import io.healthchecker.testing.TestRedis;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void aDatabaseThatDoesNotAnswerIsNamedWithoutItsPassword() throws Exception {
        int port = FreePort.next();
        DatabaseAddress address = setup("DATABASE_URL", "postgres://u:hunter2@127.0.0.1:%d/hc".formatted(port))
                .database()
                .orElseThrow();

        assertThatThrownBy(() -> DatabaseReach.demand("DATABASE_URL", address))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("DATABASE_URL: cannot use database hc at 127.0.0.1:%d (".formatted(port))
                .hasMessageEndingWith("); start PostgreSQL there, or correct the setting")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aRedisThatDoesNotAnswerIsNamed() throws Exception {
        int port = FreePort.next();

        assertThatThrownBy(() -> demandRedis("redis://:hunter2@127.0.0.1:" + port))
                .isInstanceOf(StartFailure.class)
                .hasMessage(
                        "REDIS_URL: no Redis answers at 127.0.0.1:%d (Connection refused); start it there, or correct the setting"
                                .formatted(port));
    }

    @Test
    void aHostWithoutAnAddressIsNamed() {
        assertThatThrownBy(() -> demandRedis("redis://no-such-host.invalid"))
                .hasMessage("REDIS_URL: the host no-such-host.invalid has no address; correct it");
    }

    @Test
    void aRealRedisWillDo() {
        try (var redis = TestRedis.start()) {
            assertThatCode(() -> demandRedis("redis://127.0.0.1:" + redis.uri().getPort()))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            redis_version:5.0.14     | redis_version 5.0.14 at
            redis_version:6.0.16     | redis_version 6.0.16 at
            something:else           | what answers at
            """)
    void anOldOrOtherServerIsRefused(String information, String message) throws Exception {
        String bulk = "$%d\r\n%s\r\n".formatted(information.length(), information);

        assertThatThrownBy(() -> demandRedisAnswering(bulk)).hasMessageContaining(message);
    }

    @Test
    void aServerOfAnotherProtocolIsRefused() {
        assertThatThrownBy(() -> demandRedisAnswering("HTTP/1.1 400 Bad Request\r\n\r\n"))
                .hasMessageContaining("it does not speak the Redis protocol");
    }

    private static void demandRedis(String url) {
        RedisAddress address = setup("REDIS_URL", url).redis().orElseThrow();
        new RedisReach(address, SOON).demand("REDIS_URL");
    }

    private static void demandRedisAnswering(String answer) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                try (var socket = server.accept()) {
                    socket.getInputStream().read(new byte[64]);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().read();
                } catch (java.io.IOException gone) {
                    // the other side decides what that means
                }
            });
            demandRedis("redis://127.0.0.1:" + server.getLocalPort());
        }
    }

    private static Setup setup(String name, String value) {
        return Setup.of(new Variables(Map.of(name, value)));
    }
}

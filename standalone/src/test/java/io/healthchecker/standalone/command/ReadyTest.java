package io.healthchecker.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.testing.FreePort;
import io.healthchecker.testing.StubServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadyTest {
    @ParameterizedTest(name = "{0} is exit code {1}")
    @CsvSource({"200 OK, 0", "503 Service Unavailable, 1", "404 Not Found, 1"})
    void saysWhatTheReadinessProbeSays(String status, int code) {
        try (var server = StubServer.answering("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(ready(server.port())).isEqualTo(code);
            assertThat(server.requests()).singleElement().asString().startsWith("GET /actuator/health/readiness ");
        }
    }

    @Test
    void nobodyThereIsNotReady() {
        assertThat(ready(FreePort.next())).isEqualTo(1);
    }

    private static int ready(int port) {
        return Hc.execute("ready", "--port", Integer.toString(port));
    }
}

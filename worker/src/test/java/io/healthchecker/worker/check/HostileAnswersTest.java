package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.Reason;
import io.healthchecker.testing.StubServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Answers that want to keep us busy, fill our memory, or write into our logs. */
class HostileAnswersTest {
    @AutoClose
    private static final TestProbers probers = TestProbers.standalone();

    @Test
    void anEndlessBodyIsReadAsFarAsItIsLookedAt() {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                connection.send("a".repeat(4_096));
            }
        })) {
            assertThat(probers.check(Wanted.http(stub.url("/"))).outcome()).isEqualTo(Outcome.UP);
            CheckResult searched = probers.check(Wanted.http(stub.url("/")).contains("b"));
            assertThat(searched.detail()).isEqualTo("body (its first 65536 bytes) does not contain \"b\"");
        }
    }

    @Test
    void aCompressedBombIsReadAsFarAsItIsLookedAt() throws IOException {
        byte[] bomb = zeros(256_000_000);
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
            connection.send(bomb);
        })) {
            CheckResult result = probers.check(Wanted.http(stub.url("/")).contains("b"));
            assertThat(result.detail()).isEqualTo("body (its first 65536 bytes) does not contain \"b\"");
        }
    }

    private static byte[] zeros(int count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            byte[] block = new byte[1_000_000];
            for (int i = 0; i < count / block.length; i++) {
                gzip.write(block);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void aBodyThatIsNotWhatItSaysIsUnreadable() {
        try (var stub = StubServer.answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nplain text")) {
            assertThat(probers.check(Wanted.http(stub.url("/"))).outcome()).isEqualTo(Outcome.UP);
            CheckResult read = probers.check(Wanted.http(stub.url("/")).contains("plain"));
            assertThat(read.reason()).isEqualTo(Reason.BODY_UNREADABLE);
            assertThat(read.detail())
                    .isEqualTo("its Content-Encoding is gzip, but the body is not at 127.0.0.1:" + stub.port());
        }
    }

    @Test
    void anEncodingThatWeCannotReadIsSaid() {
        try (var stub = StubServer.answering("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\nxyz")) {
            assertThat(probers.check(Wanted.http(stub.url("/"))).outcome()).isEqualTo(Outcome.UP);
            CheckResult read = probers.check(Wanted.http(stub.url("/")).contains("plain"));
            assertThat(read.reason()).isEqualTo(Reason.BODY_UNREADABLE);
            assertThat(read.detail()).startsWith("its Content-Encoding is \"zstd\"; gzip, deflate and br can be read");
        }
    }

    @Test
    void endlessInterimAnswersAreHeadersToo() {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            while (true) {
                connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n".repeat(100));
            }
        })) {
            assertThat(probers.check(Wanted.http(stub.url("/"))).reason()).isEqualTo(Reason.HEADERS_TOO_LARGE);
        }
    }

    @Test
    void endlessTrailersAreHeadersToo() {
        try (var stub = StubServer.start(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
            while (true) {
                connection.send("X-Sum: 1\r\n".repeat(100));
            }
        })) {
            assertThat(probers.check(Wanted.http(stub.url("/"))).reason()).isEqualTo(Reason.HEADERS_TOO_LARGE);
        }
    }

    @Test
    void controlCharactersDoNotReachTheDetail() {
        String line = "\u001b[31mHTTP\u0000 down\u0007 " + "x".repeat(1_000) + "\r\n";
        try (var stub = StubServer.answering(line)) {
            CheckResult result = probers.check(Wanted.http(stub.url("/?token=s3cret")));
            assertThat(result.reason()).isEqualTo(Reason.PROTOCOL_ERROR);
            assertThat(result.detail())
                    .startsWith("the answer begins with \" [31mHTTP  down  xxx")
                    .doesNotContain("s3cret")
                    .hasSizeLessThanOrEqualTo(500);
        }
    }
}

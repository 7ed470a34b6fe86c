package io.healthchecker.worker.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.assertion.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerDecoderTest {
    private static final List<String> ANSWERS = List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A:  b\t \r\n\r\nhello",
            "HTTP/1.1 200\nX-A: b\nTransfer-Encoding: gzip, chunked\n\n2;a=b\nhe\n003\nllo\n0\nX: 1\n\n",
            "\r\n\r\nHTTP/1.0 200 OK\r\nX-A: b\r\n\r\nhello",
            String.join(
                    "\r\n",
                    "HTTP/1.1 100 Continue",
                    "",
                    "HTTP/1.1 103 X",
                    "X-A: c",
                    "",
                    "HTTP/1.1 200 OK",
                    "nonsense",
                    "X-A: b",
                    "Transfer-Encoding: chunked",
                    "",
                    "5 ",
                    "hello",
                    "0",
                    "",
                    ""),
            "HTTP/2 200 \r\nX-A:\r\n b\r\nContent-Length: 5\r\n\r\nhello");

    @Test
    void readsTheSameHoweverTheBytesAreCut() throws MalformedAnswer {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = ANSWERS.get(round % ANSWERS.size()).getBytes(StandardCharsets.ISO_8859_1);
            Body body = new Body(true);
            AnswerDecoder decoder = new AnswerDecoder(false, body);
            for (int at = 0; at < bytes.length; ) {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(12));
                decoder.feed(bytes, at, to);
                at = to;
            }
            decoder.end();
            assertThat(decoder.done()).isTrue();
            assertThat(decoder.head().status()).isEqualTo(200);
            assertThat(decoder.head().headers()).contains(new Header("X-A", "b"));
            assertThat(new String(body.content(), StandardCharsets.UTF_8)).isEqualTo("hello");
        }
    }

    @Test
    void neverFailsOtherwiseThanByItsOwnException() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> outcomes = new ArrayList<>();
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = ANSWERS.get(round % ANSWERS.size()).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            AnswerDecoder decoder = new AnswerDecoder(random.nextBoolean(), new Body(true));
            try {
                decoder.feed(bytes, 0, bytes.length);
                decoder.end();
                outcomes.add("read");
            } catch (MalformedAnswer e) {
                assertThat(e.text()).isNotBlank();
                outcomes.add("refused");
            }
        }
        assertThat(outcomes).contains("read", "refused");
    }
}

package io.healthchecker.standalone.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.healthchecker.standalone.StartFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckedTest {
    @Test
    void authoritiesThatCannotBeReadAreAnErrorOfTheCommand() {
        List<Wanted> wanted = Wanted.of("http://127.0.0.1:1/");
        assertThatThrownBy(() -> Checked.all(wanted, Path.of("no.pem"), null))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("trustedCertificates is no.pem; it must be a PEM file");
    }

    @Test
    void manyAreCheckedAndAnswerInOrder() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1_000);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("7") ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
        try {
            List<Wanted> wanted = IntStream.range(0, 200)
                    .mapToObj(i -> "http://127.0.0.1:%d/%d"
                            .formatted(server.getAddress().getPort(), i))
                    .flatMap(url -> Wanted.of(url).stream())
                    .toList();

            List<Checked> checked = Checked.all(wanted);

            assertThat(checked).extracting(Checked::wanted).isEqualTo(wanted);
            assertThat(checked)
                    .allMatch(each -> each.isUp() != each.wanted().name().endsWith("7"));
        } finally {
            server.stop(0);
        }
    }
}

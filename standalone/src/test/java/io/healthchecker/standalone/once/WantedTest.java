package io.healthchecker.standalone.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.healthchecker.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ftp://x            | url is "ftp://x"; it must be absolute and begin with http:// or https://
            tcp://x            | tcp://x cannot be read; it must look like tcp://host:port
            tcp://x:0          | port is 0; it must be 1 to 65535
            tcp://x:99999      | port is 99999; it must be 1 to 65535
            tls://             | tls:// cannot be read; it must look like tls://host or tls://host:port
            tls://x:0          | port is 0; it must be 1 to 65535
            no-such-file.yaml  | no-such-file.yaml does not exist; give a URL such as https://example.com/ or a YAML file
            """)
    void whatCannotBeCheckedIsNamed(String argument, String message) {
        assertThatThrownBy(() -> Wanted.of(argument))
                .isInstanceOf(StartFailure.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "tcp://[::1]:25, tcp://[::1]:25",
        "TCP://mail.test:25/, tcp://mail.test:25",
        "tls://mail.test, tls://mail.test:443",
        "tls://[::1]:8443, tls://[::1]:8443",
        "dns:///a.test, dns:///a.test?type=A",
        "DNS://192.0.2.53:5353/a.test?type=mx, dns://192.0.2.53:5353/a.test?type=MX",
        "icmp://[::1], icmp://[::1]",
    })
    void anAddressSaysWhatIsWanted(String argument, String target) {
        assertThat(Wanted.of(argument)).extracting(Wanted::target).containsExactly(target);
    }

    @Test
    void aFileIsAllOfItsDocuments(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("shop.yaml"), """
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: shop}
                spec: {http: {url: "https://example.com/"}}
                ---
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: mail}
                spec: {tcp: {host: "::1", port: 25}}
                """);

        assertThat(Wanted.of(file.toString()))
                .extracting(Wanted::name, Wanted::target)
                .containsExactly(tuple("shop", "https://example.com/"), tuple("mail", "tcp://[::1]:25"));
    }

    @Test
    void aBrokenFileIsRefusedWithEveryFaultAndItsPlace(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("shop.yaml"), """
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: shop}
                spec: {http: {url: "ftp://example.com/"}, periodSeconds: 0}
                """);

        assertThatThrownBy(() -> Wanted.of(file.toString()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(file + ":4:")
                .hasMessageContaining("spec.http.url is \"ftp://example.com/\"")
                .hasMessageContaining("spec.periodSeconds is 0");
    }
}

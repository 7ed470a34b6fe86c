package io.healthchecker.worker.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.service.HttpUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationTest {
    @ParameterizedTest(name = "{0} leads to {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /x                  | http://a.test:81/x
            x                   | http://a.test:81/b/c/x
            ./x                 | http://a.test:81/b/c/x
            ../x                | http://a.test:81/b/x
            ../../../x          | http://a.test:81/x
            x/..                | http://a.test:81/b/c/
            ?y=1                | http://a.test:81/b/c/d?y=1
            '#top'              | http://a.test:81/b/c/d?q=1
            x?../y              | http://a.test:81/b/c/x?../y
            //b.test/x          | http://b.test/x
            https://b.test      | https://b.test/
            HTTPS://B.TEST/X#y  | https://b.test/X
            http://[::1]:81/x   | http://[::1]:81/x
            ' /x '              | http://a.test:81/x
            /a b                | http://a.test:81/a%20b
            /%7e                | http://a.test:81/%7e
            /Ã¼                  | http://a.test:81/%C3%BC
            """)
    void isResolvedAsBrowsersDo(String location, String target) {
        HttpUrl url = Location.resolve(HttpUrl.parse("http://a.test:81/b/c/d?q=1"), location);
        assertThat((url.tls() ? "https://" : "http://") + url.authority() + url.target())
                .isEqualTo(target);
    }
}

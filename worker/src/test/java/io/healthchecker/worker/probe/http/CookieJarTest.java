package io.healthchecker.worker.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.assertion.Header;
import io.healthchecker.core.service.HttpUrl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieJarTest {
    @ParameterizedTest(name = "\"{0}\" is sent to {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            a=1                       | http://www.a.test/b/x    | a=1
            a=1                       | http://www.a.test/b      | a=1
            a=1                       | http://www.a.test/other  | ''
            a=1; Path=/               | http://www.a.test/other  | a=1
            a=1; Path=/o              | http://www.a.test/other  | ''
            a=1; Path=/               | http://a.test/           | ''
            a=1; Path=/               | http://x.www.a.test/     | ''
            a=1; Path=/; Domain=a.test  | http://b.a.test/       | a=1
            a=1; Path=/; Domain=.a.test | http://a.test/         | a=1
            a=1; Path=/; Domain=b.test  | http://b.test/         | ''
            a=1; Path=/; Domain=test    | http://b.test/         | ''
            a=1; Path=/; Secure       | http://www.a.test/       | ''
            a=1; Path=/; Secure       | https://www.a.test/      | a=1
            a=1; Path=/; Max-Age=0    | http://www.a.test/       | ''
            a=b=c; Path=/; HttpOnly   | http://www.a.test/       | a=b=c
            =1                        | http://www.a.test/       | ''
            nonsense                  | http://www.a.test/       | ''
            """)
    void aCookieGoesWhereItsSiteMeantIt(String line, String url, String sent) {
        CookieJar jar = new CookieJar();
        jar.take(HttpUrl.parse("https://www.a.test/b/c?d/e"), List.of(new Header("Set-Cookie", line)));
        assertThat(jar.header(HttpUrl.parse(url))).isEqualTo(sent);
    }

    @Test
    void theNewestValueReplacesTheOlderOne() {
        CookieJar jar = new CookieJar();
        HttpUrl url = HttpUrl.parse("http://a.test/");
        jar.take(url, List.of(new Header("set-cookie", "a=1"), new Header("SET-COOKIE", "b=2")));
        jar.take(url, List.of(new Header("set-cookie", "a=3")));
        assertThat(jar.header(url)).isEqualTo("b=2; a=3");
    }
}

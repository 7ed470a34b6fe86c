package io.healthchecker.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            http://x                                | false | x                   | 80    | /           | x
            https://x                               | true  | x                   | 443   | /           | x
            http://x:8080/a?b=c#d                   | false | x                   | 8080  | /a?b=c      | x:8080
            http://x?b                              | false | x                   | 80    | /?b         | x
            http://x#d                              | false | x                   | 80    | /           | x
            http://x:                               | false | x                   | 80    | /           | x
            http://x:443/                           | false | x                   | 443   | /           | x:443
            https://x:443/                          | true  | x                   | 443   | /           | x
            http://x:65535/                         | false | x                   | 65535 | /           | x:65535
            http://x:00080/                         | false | x                   | 80    | /           | x
            http://a.b-c.test./                     | false | a.b-c.test.         | 80    | /           | a.b-c.test.
            http://my_host/                         | false | my_host             | 80    | /           | my_host
            http://127.0.0.1:81/                    | false | 127.0.0.1           | 81    | /           | 127.0.0.1:81
            http://[::1]:8080/                      | false | ::1                 | 8080  | /           | [::1]:8080
            http://[0:0:0:0:0:0:0:1]:8080/          | false | ::1                 | 8080  | /           | [::1]:8080
            http://münchen.test:8080/               | false | xn--mnchen-3ya.test | 8080  | /           | xn--mnchen-3ya.test:8080
            http://MÜNCHEN.test/                    | false | xn--mnchen-3ya.test | 80    | /           | xn--mnchen-3ya.test
            HTTP://LOCALHOST:8080/Health?A=b        | false | localhost           | 8080  | /Health?A=b | localhost:8080
            http://x/a b"ü%20                       | false | x                   | 80    | /a%20b%22%C3%BC%20 | x
            http://x/?q={a}                         | false | x                   | 80    | /?q=%7Ba%7D | x
            """)
    void anAddressIsTakenApartAsABrowserWould(
            String url, boolean tls, String host, int port, String target, String authority) {
        HttpUrl parsed = HttpUrl.parse(url);

        assertThat(parsed).isEqualTo(new HttpUrl(tls, host, port, target));
        assertThat(parsed.authority()).isEqualTo(authority);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                        | it must be absolute and begin with http:// or https://
            /health                   | it must be absolute and begin with http:// or https://
            x.test/health             | it must be absolute and begin with http:// or https://
            //x.test/                 | it must be absolute and begin with http:// or https://
            ftp://x/                  | it must be absolute and begin with http:// or https://
            file:///etc/passwd        | it must be absolute and begin with http:// or https://
            ' http://x/'              | it must be absolute and begin with http:// or https://
            http:/x                   | it must be absolute and begin with http:// or https://
            http://                   | it must name a host
            http:///a                 | it must name a host
            http://:80/               | it must name a host
            http://?a                 | it must name a host
            http://me@x/              | it must not contain user-info; send an Authorization header instead
            http://me:pw@x/           | it must not contain user-info; send an Authorization header instead
            http://::1:8080/          | its host cannot be read; an IPv6 address stands in brackets, as in http://[::1]:8080/
            http://[::1/              | its host cannot be read; an IPv6 address stands in brackets, as in http://[::1]:8080/
            http://[::1]x/            | its host cannot be read; an IPv6 address stands in brackets, as in http://[::1]:8080/
            http://x:y/               | its host cannot be read; an IPv6 address stands in brackets, as in http://[::1]:8080/
            http://[]/                | its host is not an IPv6 address
            http://[x]/               | its host is not an IPv6 address
            http://[127.0.0.1]/       | its host is not an IPv6 address
            http://[1::2::3]/         | its host is not an IPv6 address
            http://a..b/              | its host is not a valid name
            http://-a/                | its host is not a valid name
            http://a b/               | its host is not a valid name
            http://a%20b/             | its host is not a valid name
            http://x\\y/              | its host is not a valid name
            http://x:0/               | its port is 0; it must be 1 to 65535
            http://x:65536/           | its port is 65536; it must be 1 to 65535
            http://x:99999999999999/  | its port is 99999999999999; it must be 1 to 65535
            """)
    void whatIsNoAddressSaysWhatItMustBe(String url, String must) {
        assertThatThrownBy(() -> HttpUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(must);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:s3cret@x/",
                "http://me:s3cret@@x/",
                "http://me:s3cret/@x/",
                "http://me:s3cret?@x/",
                "ftp://me:s3cret@x/",
                "me:s3cret@x",
                "//me:s3cret@x/",
                "http:me:s3cret@x/",
                "http:/\\me:s3cret@x/",
                "http://me:s3cret@[::1/",
                "http://me:s3cret@x y/",
                "http://x:port/?password=s3cret",
                "ftp://x/#s3cret"
            })
    void aPasswordInAnAddressIsNeverRepeated(String url) {
        var definition = DefinitionJson.read("{\"http\":{\"url\":\"%s\"}}".formatted(url.replace("\\", "\\\\")));

        assertThat(DefinitionRules.violations(definition, Source.REST))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.message()).doesNotContain("s3cret"));
    }

    @Test
    void hostsMayBeLiteralsWithOrWithoutBrackets() {
        assertThat(HttpUrl.host("::1")).isEqualTo(HttpUrl.host("[::1]"));
        assertThat(HttpUrl.host("::ffff:127.0.0.1")).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> HttpUrl.host("::1:x")).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.healthchecker.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Caller;
import org.junit.jupiter.api.Test;

class BrowserSessionTest {
    private static final String REFRESH = "/api/v1/auth/refresh";

    private final Api api = Api.shared();
    private final Person person = api.somebody();
    private final Caller browser = api.anybody().with("X-Session", "cookie").with("Sec-Fetch-Site", "same-origin");

    @Test
    void theRefreshTokenComesWhereNoScriptCanReadIt() {
        Answer answer = logIn(browser);

        assertThat(answer.json().has("refreshToken")).isFalse();
        assertThat(answer.text("/token")).isNotBlank();
        assertThat(answer.header("Set-Cookie"))
                .startsWith("hc_refresh=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/api/v1/auth", "Max-Age=2592000")
                .doesNotContain("Secure");
        assertThat(logIn(browser.with("X-Forwarded-Proto", "https")).header("Set-Cookie"))
                .contains("Secure");
    }

    @Test
    void theCookieGivesTheNextTokenAndCookie() {
        Answer first = logIn(browser);

        Answer next = refresh(cookie(first));

        assertThat(next.status()).isEqualTo(200);
        assertThat(next.json().has("refreshToken")).isFalse();
        assertThat(cookie(next)).isNotEqualTo(cookie(first));
        assertThat(api.anybody()
                        .bearing(next.text("/token"))
                        .get("/api/v1/teams")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void twoTabsThatRefreshAtOnceBothGoOn() {
        String shared = cookie(logIn(browser));

        Answer one = refresh(shared);
        Answer other = refresh(shared);

        assertThat(one.status()).isEqualTo(200);
        assertThat(other.status()).isEqualTo(200);
        assertThat(refresh(cookie(one)).status()).isEqualTo(200);
    }

    @Test
    void aTokenThatComesAgainLaterEndsTheSession() {
        String stolen = cookie(logIn(browser));
        String next = cookie(refresh(stolen));
        api.sql()
                .sql("UPDATE refresh_token SET used_at = used_at - interval '11 seconds' WHERE account_id = :id")
                .param("id", person.accountId())
                .update();

        assertThat(refresh(stolen).status()).isEqualTo(401);
        assertThat(refresh(next).status()).isEqualTo(401);
    }

    @Test
    void aForeignPageCannotUseTheCookie() {
        String cookie = cookie(logIn(browser));

        assertThat(api.anybody().with("Cookie", cookie).post(REFRESH, "{}").status())
                .isEqualTo(422);
        assertThat(browser.with("Sec-Fetch-Site", "cross-site")
                        .with("Cookie", cookie)
                        .post(REFRESH, "{}")
                        .status())
                .isEqualTo(403);
        assertThat(browser.with("X-Session", "other")
                        .with("Cookie", cookie)
                        .post(REFRESH, "{}")
                        .fields())
                .containsExactly("X-Session");
        assertThat(refresh(cookie).status()).isEqualTo(200);
    }

    @Test
    void whoLogsOutHasNoCookieAndNoSessionHere() {
        Answer here = logIn(browser);
        Answer elsewhere = logIn(browser);

        Answer out = browser.bearing(here.text("/token"))
                .with("Cookie", cookie(here))
                .send("POST", "/api/v1/auth/logout", new byte[0]);

        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("Set-Cookie")).contains("hc_refresh=;", "Max-Age=0");
        assertThat(refresh(cookie(here)).status()).isEqualTo(401);
        assertThat(refresh(cookie(elsewhere)).status()).isEqualTo(200);
    }

    /** A page asks before it knows whether somebody is signed in; a refusal would stand in the browser's console. */
    @Test
    void aBrowserWithoutASessionIsToldSoAndNotRefused() {
        Answer none = browser.post(REFRESH, "{}");

        assertThat(none.status()).isEqualTo(204);
        assertThat(none.body()).isEmpty();
        assertThat(browser.with("Cookie", "hc_refresh=").post(REFRESH, "{}").status())
                .isEqualTo(204);
        assertThat(refresh("hc_refresh=made-up").status()).isEqualTo(401);
    }

    private Answer logIn(Caller caller) {
        return caller.post(
                "/api/v1/auth/login", "{\"email\":\"%s\",\"password\":\"password123\"}".formatted(person.email()));
    }

    private Answer refresh(String cookie) {
        return browser.with("Cookie", cookie).post(REFRESH, "{}");
    }

    private static String cookie(Answer answer) {
        String header = answer.header("Set-Cookie");
        return header.substring(0, header.indexOf(';'));
    }
}

package io.healthchecker.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Caller;
import io.healthchecker.core.secret.Secret;
import io.healthchecker.core.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInTest {
    private final Api api = Api.shared();

    @Test
    void whoRegistersIsSignedInWithATeamOfTheirOwn() {
        Answer answer = register("new@example.com", "password123");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("token").isString()).isTrue();
        assertThat(answer.text("/tokenType")).isEqualTo("Bearer");
        assertThat(answer.json().get("expiresIn").asInt()).isEqualTo(900);
        assertThat(answer.text("/user/email")).isEqualTo("new@example.com");
        assertThat(answer.text("/user/teams/0/role")).isEqualTo("admin");
        assertThat(api.anybody()
                        .bearing(answer.text("/token"))
                        .get("/api/v1/teams")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoLogsInGetsATokenAtTheTop() {
        Person person = api.somebody();

        Answer answer = logIn(person.email().toUpperCase(java.util.Locale.ROOT), "password123");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("token").isString()).isTrue();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aTakenAddressIsRefusedInAnyCaseAndNothingIsStored() {
        Person person = api.somebody();
        long before = accounts();

        Answer answer = register(person.email().toUpperCase(java.util.Locale.ROOT), "password123");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.fields()).containsExactly("email");
        assertThat(accounts()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0} / {1} is refused, naming {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        not-an-address            | password123 | email
        @example.com              | password123 | email
        a@b                       | password123 | email
        a@@example.com            | password123 | email
        a b@example.com           | password123 | email
        a@-example.com            | password123 | email
        .a@example.com            | password123 | email
        -                         | password123 | email
        ok@example.com            | short77     | password
        ok@example.com            | -           | password
        """)
    void whatCannotBecomeAnAccountIsRefused(String email, String password, String field) {
        long before = accounts();

        Answer answer = register(email, password);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fields()).containsExactly(field);
        assertThat(accounts()).isEqualTo(before);
        if (password != null) {
            assertThat(answer.body()).doesNotContain(password);
        }
    }

    @Test
    void aPasswordOf128BytesIsAcceptedAndOneOf129IsNot() {
        String longest = "é".repeat(64);
        Answer accepted = register("long@example.com", longest);
        assertThat(accepted.status()).isEqualTo(201);
        assertThat(logIn("long@example.com", longest).status()).isEqualTo(200);
        assertThat(logIn("long@example.com", longest + "x").status()).isEqualTo(401);
        assertThat(register("longer@example.com", longest + "x").fields()).containsExactly("password");
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressAreAnsweredAlike() {
        Person person = api.somebody();

        Answer wrong = logIn(person.email(), "password124");
        Answer unknown = logIn("nobody@example.com", "password124");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(wrong.text("/detail")).isEqualTo(unknown.text("/detail"));
        assertThat(wrong.response().headers().map().keySet())
                .isEqualTo(unknown.response().headers().map().keySet());
        assertThat(wrong.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void oneHashIsComputedWhetherTheAddressExistsOrNot() {
        Person person = api.somebody();

        assertThat(hashesOf(() -> logIn(person.email(), "password124"))).isEqualTo(1);
        assertThat(hashesOf(() -> logIn("nobody@example.com", "password124"))).isEqualTo(1);
        assertThat(hashesOf(() -> register(person.email(), "password123"))).isEqualTo(1);
        assertThat(hashesOf(() -> register("somebody.else@example.com", "password123")))
                .isEqualTo(1);
    }

    @Test
    void aPasswordIsStoredAsArgon2idOnly() {
        Person person = api.somebody();

        String stored = api.sql()
                .sql("SELECT password_hash FROM account WHERE id = :id")
                .param("id", person.accountId())
                .query(String.class)
                .single();

        assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("password123");
    }

    @Test
    void aRefreshTokenWorksOnceAndItsSecondUseEndsTheSession() {
        String first = refreshTokenOf(logIn(api.somebody().email(), "password123"));

        Answer second = refresh(first);
        assertThat(second.status()).isEqualTo(200);
        assertThat(api.anybody()
                        .bearing(second.text("/token"))
                        .get("/api/v1/teams")
                        .status())
                .isEqualTo(200);

        assertThat(refresh(first).status()).isEqualTo(401);
        assertThat(refresh(refreshTokenOf(second)).status()).isEqualTo(401);
    }

    @Test
    void whoLogsOutCannotRefresh() {
        Answer session = logIn(api.somebody().email(), "password123");
        Caller caller = api.anybody().bearing(session.text("/token"));

        Answer out = caller.post("/api/v1/auth/logout", "{\"refreshToken\":\"%s\"}".formatted(refreshTokenOf(session)));

        assertThat(out.status()).isEqualTo(204);
        assertThat(refresh(refreshTokenOf(session)).status()).isEqualTo(401);
    }

    @Test
    void whoLogsOutWithoutATokenEndsEverySession() {
        Person person = api.somebody();
        Answer one = logIn(person.email(), "password123");
        Answer two = logIn(person.email(), "password123");

        assertThat(person.caller()
                        .send("POST", "/api/v1/auth/logout", new byte[0])
                        .status())
                .isEqualTo(204);

        assertThat(refresh(refreshTokenOf(one)).status()).isEqualTo(401);
        assertThat(refresh(refreshTokenOf(two)).status()).isEqualTo(401);
    }

    @Test
    void anotherAccountCannotEndMySession() {
        String mine = refreshTokenOf(logIn(api.somebody().email(), "password123"));

        api.somebody().caller().post("/api/v1/auth/logout", "{\"refreshToken\":\"%s\"}".formatted(mine));

        assertThat(refresh(mine).status()).isEqualTo(200);
    }

    @Test
    void tokensThatAreNotOursAreRefusedAlike() {
        Person person = api.somebody();
        Ticker now = Ticker.system();
        JwtKeys ours = JwtKeys.of(new Secret(Api.SECRET), null, true);
        Ticker past = new MovedTicker(now, -Duration.ofDays(1).toMillis());
        String expired = new AccessTokens(ours, Duration.ofMinutes(15), past).issue(person.accountId());
        String foreign = new AccessTokens(
                        JwtKeys.of(new Secret("another-secret-of-at-least-32-bytes!!"), null, true),
                        Duration.ofMinutes(15),
                        now)
                .issue(person.accountId());
        String good = new AccessTokens(ours, Duration.ofMinutes(15), now).issue(person.accountId());
        String[] parts = good.split("\\.");
        String none = base64("{\"alg\":\"none\",\"kid\":\"%s\"}".formatted(ours.currentId())) + "." + parts[1] + ".";
        String ofNobody = new AccessTokens(ours, Duration.ofMinutes(15), now).issue(999_999);

        assertThat(api.anybody().bearing(good).get("/api/v1/teams").status()).isEqualTo(200);
        for (String token : new String[] {
            expired,
            foreign,
            none,
            ofNobody,
            parts[0] + "." + base64("{\"sub\":\"1\",\"iss\":\"health-checker\",\"exp\":9999999999}") + "." + parts[2],
            good.substring(0, good.length() - 4),
            "garbled",
            "a.b.c",
            "..",
            "",
        }) {
            Answer answer = api.anybody().bearing(token).get("/api/v1/teams");
            assertThat(answer.status()).as(token).isEqualTo(401);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer realm=\"health-checker\"");
        }
        assertThat(api.anybody().bearing(expired).get("/api/v1/teams").text("/detail"))
                .contains("expired");
        assertThat(api.anybody()
                        .with("Authorization", "Basic dTpw")
                        .get("/api/v1/teams")
                        .status())
                .isEqualTo(401);
        assertThat(api.anybody().get("/api/v1/teams").status()).isEqualTo(401);
        assertThat(api.anybody().get("/api/v1/teams?token=" + good).status()).isEqualTo(401);
    }

    @Test
    void tokensOfThePreviousSecretAreStillAccepted() {
        JwtKeys before = JwtKeys.of(new Secret("the-secret-before-the-present-one-32b"), null, true);
        JwtKeys now = JwtKeys.of(new Secret(Api.SECRET), new Secret("the-secret-before-the-present-one-32b"), true);
        Ticker ticker = Ticker.system();

        String old = new AccessTokens(before, Duration.ofMinutes(15), ticker).issue(7);

        assertThat(new AccessTokens(now, Duration.ofMinutes(15), ticker)
                        .holderOf(old)
                        .accountId())
                .isEqualTo(7);
    }

    private double hashesOf(Runnable work) {
        var counter =
                api.bean(MeterRegistry.class).get("hc.auth.password.hashes").counter();
        double before = counter.count();
        work.run();
        return counter.count() - before;
    }

    private long accounts() {
        return api.sql().sql("SELECT count(*) FROM account").query(Long.class).single();
    }

    private Answer register(String email, String password) {
        return api.anybody().post("/api/v1/auth/register", credentials(email, password));
    }

    private Answer logIn(String email, String password) {
        return api.anybody().post("/api/v1/auth/login", credentials(email, password));
    }

    private Answer refresh(String token) {
        return api.anybody().post("/api/v1/auth/refresh", "{\"refreshToken\":\"%s\"}".formatted(token));
    }

    private static String refreshTokenOf(Answer session) {
        return session.text("/refreshToken");
    }

    private static String credentials(String email, String password) {
        return "{\"email\":%s,\"password\":%s}".formatted(quoted(email), quoted(password));
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private record MovedTicker(Ticker base, long millis) implements Ticker {
        @Override
        public long epochMillis() {
            return base.epochMillis() + millis;
        }

        @Override
        public long nanoTime() {
            return base.nanoTime();
        }
    }
}

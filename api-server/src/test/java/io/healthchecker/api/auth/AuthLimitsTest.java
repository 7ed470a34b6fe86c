package io.healthchecker.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuthLimitsTest {
    private static final String LOGIN = "/api/v1/auth/login";

    @Test
    void anAddressThatAsksTooOftenHasToWait() {
        try (Api api = Api.start("--hc.auth.per-address=3")) {
            long begin = System.nanoTime();
            int heard = 0;
            Answer answer = api.anybody().post(LOGIN, credentials("a@example.com"));
            while (answer.status() == 401 && heard < 20) {
                heard++;
                answer = api.anybody().post(LOGIN, credentials("a%d@example.com".formatted(heard)));
            }
            assertThat(heard).isBetween(3, 3 + backSince(begin));

            assertThat(answer.status()).isEqualTo(429);
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    @Test
    void anAccountWithTooManyWrongPasswordsHasToWaitInAnySpelling() {
        try (Api api = Api.start("--hc.auth.per-account=3", "--hc.auth.registration=true")) {
            var person = api.somebody();
            for (int i = 0; i < 5; i++) {
                assertThat(api.anybody()
                                .post(
                                        LOGIN,
                                        "{\"email\":\"%s\",\"password\":\"password123\"}".formatted(person.email()))
                                .status())
                        .as("the right password does not count")
                        .isEqualTo(200);
            }
            long begin = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                assertThat(api.anybody()
                                .post(LOGIN, credentials(person.email()))
                                .status())
                        .isEqualTo(401);
            }

            String shouted = credentials(person.email().toUpperCase(java.util.Locale.ROOT));
            int heard = 0;
            Answer answer = api.anybody().post(LOGIN, shouted);
            while (answer.status() == 401 && heard < 20) {
                heard++;
                answer = api.anybody().post(LOGIN, shouted);
            }
            assertThat(heard).isLessThanOrEqualTo(backSince(begin));
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).isNotBlank();
            assertThat(api.anybody()
                            .post(LOGIN, credentials("nobody@example.com"))
                            .status())
                    .as("an unknown address has a limit of its own")
                    .isEqualTo(401);
        }
    }

    @Test
    void registrationCanBeClosed() {
        try (Api api = Api.start("--hc.auth.registration=false")) {
            Answer answer = api.anybody().post("/api/v1/auth/register", credentials("a@example.com"));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(api.sql()
                            .sql("SELECT count(*) FROM account")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void tokensComeBackWithTime() {
        var clock = new HandMovedTicker();
        var limit = new RateLimit(2, Duration.ofSeconds(10), clock);
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isEqualTo(5);
        assertThat(limit.take("b")).isZero();

        clock.nanos += Duration.ofSeconds(5).toNanos();

        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isPositive();
        limit.giveBack("a");
        assertThat(limit.take("a")).isZero();
    }

    @Test
    void noMoreKeysAreRememberedThanFit() {
        var limit = new RateLimit(1, Duration.ofDays(1), new HandMovedTicker());
        limit.take("first");
        for (int i = 0; i < 10_000; i++) {
            limit.take("key" + i);
        }

        assertThat(limit.take("first")).as("the oldest was forgotten").isZero();
        assertThat(limit.take("key9999")).isPositive();
    }

    /** How many of three in a minute may be asked once more on a machine that took its time. */
    private static int backSince(long beginNanos) {
        return (int) (Duration.ofNanos(System.nanoTime() - beginNanos).toSeconds() / 20);
    }

    private static String credentials(String email) {
        return "{\"email\":\"%s\",\"password\":\"wrong-password\"}".formatted(email);
    }

    private static final class HandMovedTicker implements Ticker {
        private long nanos;

        @Override
        public long epochMillis() {
            return nanos / 1_000_000;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }
    }
}

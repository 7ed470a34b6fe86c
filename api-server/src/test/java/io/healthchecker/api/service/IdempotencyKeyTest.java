package io.healthchecker.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Caller;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A request that is sent again with its key is answered and not repeated. */
class IdempotencyKeyTest extends ServiceRequests {
    @Test
    void aRepeatedRequestWithTheSameKeyGetsTheSameAnswer() {
        Caller keyed = caller.with("Idempotency-Key", "key-1");

        Answer first = keyed.post(SERVICES, body("keyed", "http://a.test/"));
        Answer again = keyed.post(SERVICES, body("keyed", "http://a.test/"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void aKeyThatWasUsedForAnotherRequestIsRefused() {
        Caller keyed = caller.with("Idempotency-Key", "key-2");
        keyed.post(SERVICES, body("first", "http://a.test/"));

        Answer other = keyed.post(SERVICES, body("second", "http://a.test/"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.fields()).containsExactly("Idempotency-Key");
    }

    @Test
    void aKeyBelongsToOneAccountAndARefusedRequestDoesNotUseIt() {
        Caller keyed = caller.with("Idempotency-Key", "key-3");

        assertThat(keyed.post(SERVICES, body("", "http://a.test/")).status()).isEqualTo(422);
        create("occupied");
        assertThat(keyed.post(SERVICES, body("occupied", "http://a.test/")).status())
                .isEqualTo(409);
        assertThat(keyed.post(SERVICES, body("free", "http://a.test/")).status())
                .isEqualTo(201);
        assertThat(api.somebody()
                        .caller()
                        .with("Idempotency-Key", "key-3")
                        .post(SERVICES, body("theirs", "http://a.test/"))
                        .status())
                .isEqualTo(201);
        assertThat(caller.with("Idempotency-Key", "x".repeat(256))
                        .post(SERVICES, body("y", "http://a.test/"))
                        .fields())
                .containsExactly("Idempotency-Key");
    }

    @Test
    void manyAtOnceWithOneKeyMakeOneService() throws Exception {
        Caller keyed = caller.with("Idempotency-Key", "key-4");
        Set<String> bodies = ConcurrentHashMap.newKeySet();
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> calls =
                    Collections.nCopies(8, () -> keyed.post(SERVICES, body("together", "http://a.test/")));
            for (Future<Answer> call : callers.invokeAll(calls)) {
                bodies.add(call.get().body());
                statuses.add(call.get().status());
            }
        }

        assertThat(statuses).containsExactly(201);
        assertThat(bodies).hasSize(1);
    }

    @Test
    void anOldKeyIsForgotten() {
        Caller keyed = caller.with("Idempotency-Key", "key-5");
        keyed.post(SERVICES, body("old", "http://a.test/"));
        api.sql()
                .sql("UPDATE idempotency SET created_at = created_at - interval '25 hours' WHERE account_id = :id")
                .param("id", person.accountId())
                .update();

        assertThat(keyed.post(SERVICES, body("new", "http://a.test/")).status()).isEqualTo(201);
    }
}

package io.healthchecker.api.service;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code idempotency}: answers kept for a day. */
final class IdempotencyTable {
    private static final String EXPIRE = """
            DELETE FROM idempotency WHERE account_id = :accountId AND created_at < clock_timestamp() - interval '1 day'
            """;

    // waits for a transaction that has the same key, and sees its answer
    private static final String CLAIM = """
            INSERT INTO idempotency (account_id, key, request_hash) VALUES (:accountId, :key, decode(:hash, 'hex'))
            ON CONFLICT DO NOTHING
            """;

    private static final String ANSWER = """
            UPDATE idempotency SET service_id = :serviceId, answer = :answer WHERE account_id = :accountId AND key = :key
            """;

    private final JdbcClient jdbc;

    IdempotencyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An answer that was given. */
    record Given(String requestHash, long serviceId, String answer) {}

    /** Takes a key for a request of that hash, in hexadecimal; false if it was taken before. */
    boolean claim(int accountId, String key, String hash) {
        jdbc.sql(EXPIRE).param("accountId", accountId).update();
        return jdbc.sql(CLAIM)
                        .param("accountId", accountId)
                        .param("key", key)
                        .param("hash", hash)
                        .update()
                == 1;
    }

    /** Keeps the answer to the request that took a key. */
    void answer(int accountId, String key, long serviceId, String answer) {
        jdbc.sql(ANSWER)
                .param("accountId", accountId)
                .param("key", key)
                .param("serviceId", serviceId)
                .param("answer", answer)
                .update();
    }

    /** The answer that was given under a key. */
    Optional<Given> find(int accountId, String key) {
        return jdbc.sql("""
                        SELECT encode(request_hash, 'hex') AS hash, service_id, answer FROM idempotency
                         WHERE account_id = :accountId AND key = :key AND answer IS NOT NULL
                        """)
                .param("accountId", accountId)
                .param("key", key)
                .query(IdempotencyTable::read)
                .optional();
    }

    private static Given read(ResultSet row, int number) throws SQLException {
        return new Given(row.getString("hash"), row.getLong("service_id"), row.getString("answer"));
    }
}

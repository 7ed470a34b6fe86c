package io.healthchecker.core.team;

import io.healthchecker.core.secret.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code account}. E-mail addresses are told apart without regard to case. */
public final class AccountTable {
    private static final String INSERT = """
            INSERT INTO account (email, password_hash) VALUES (:email, :hash)
            ON CONFLICT (lower(email)) DO NOTHING
            RETURNING *
            """;

    private final JdbcClient jdbc;

    public AccountTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds an account; empty if one has that address. */
    public Optional<Account> insert(String email, Secret passwordHash) {
        return jdbc.sql(INSERT)
                .param("email", email)
                .param("hash", passwordHash.reveal())
                .query(AccountTable::read)
                .optional();
    }

    public Optional<Account> find(int id) {
        return jdbc.sql("SELECT * FROM account WHERE id = :id")
                .param("id", id)
                .query(AccountTable::read)
                .optional();
    }

    public Optional<Account> find(String email) {
        return jdbc.sql("SELECT * FROM account WHERE lower(email) = lower(:email)")
                .param("email", email)
                .query(AccountTable::read)
                .optional();
    }

    /** Hash of the password of the account with that address. */
    public Optional<Secret> passwordHash(String email) {
        return jdbc.sql("SELECT password_hash FROM account WHERE lower(email) = lower(:email)")
                .param("email", email)
                .query(String.class)
                .optional()
                .map(Secret::new);
    }

    private static Account read(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getInt("id"),
                row.getString("email"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}

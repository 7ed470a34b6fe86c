package io.healthchecker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TestPostgresTest {
    @Test
    void everyFreshDatabaseIsMigratedAndItsOwn() throws SQLException {
        DataSource one = TestPostgres.freshDatabase();
        DataSource other = TestPostgres.freshDatabase();

        execute(one, "INSERT INTO seen VALUES (1)");

        assertThat(number(one, "SELECT count(*) FROM seen")).isEqualTo(1);
        assertThat(number(other, "SELECT count(*) FROM seen")).isZero();
    }

    @Test
    void anEmptyDatabaseHasNoTable() throws SQLException {
        assertThat(number(TestPostgres.emptyDatabase(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isZero();
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}

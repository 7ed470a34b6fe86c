package io.healthchecker.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.healthchecker.core.service.Source;
import io.healthchecker.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SourceLeaseTest {
    private final javax.sql.DataSource database = TestPostgres.freshDatabase();

    @Test
    void oneReplicaHoldsItUntilItGivesItUp() {
        try (var first = new SourceLease(database, Source.FILE);
                var second = new SourceLease(database, Source.FILE);
                var other = new SourceLease(database, Source.KUBERNETES)) {
            assertThat(first.held()).isTrue();
            assertThat(second.held()).isFalse();
            assertThat(other.held()).isTrue();
            assertThat(first.held()).isTrue();

            first.close();

            assertThat(second.held()).isTrue();
            assertThat(first.held()).isFalse();
        }
    }

    @Test
    void itEndsWithItsConnectionAndIsTakenAgain() {
        try (var first = new SourceLease(database, Source.FILE);
                var second = new SourceLease(database, Source.FILE)) {
            assertThat(first.held()).isTrue();
            JdbcClient.create(database)
                    .sql(
                            "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                    .query(Boolean.class)
                    .list();

            assertThat(second.held()).isTrue();
            assertThat(first.held()).isFalse();
        }
    }

    @Test
    void itDoesNotStayWithAConnectionThatGoesBackToItsPool() {
        var pool = new HikariDataSource();
        pool.setDataSource(database);
        pool.setMaximumPoolSize(1);
        try (pool;
                var first = new SourceLease(pool, Source.FILE);
                var second = new SourceLease(database, Source.FILE)) {
            assertThat(first.held()).isTrue();
            assertThat(second.held()).isFalse();

            first.close();

            assertThat(second.held()).isTrue();
            assertThat(first.held())
                    .as("and is asked for again on a connection of the pool")
                    .isFalse();
        }
    }
}

package io.healthchecker.operator.source;

import io.healthchecker.core.service.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That one replica at a time applies a source: a session lock of PostgreSQL on a connection of its own, which ends with
 * the connection. It spares work and keeps replicas with different files from undoing each other; nothing relies on it.
 */
public final class SourceLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceLease.class);
    private static final int ANSWER_SECONDS = 2;

    private final DataSource database;
    private final Source source;
    private @Nullable Connection connection;
    private boolean reachable = true;

    public SourceLease(DataSource database, Source source) {
        this.database = database;
        this.source = source;
    }

    /** Whether it is ours; takes it if it is free. */
    public synchronized boolean held() {
        try {
            if (connection != null && connection.isValid(ANSWER_SECONDS)) {
                return true;
            }
            close();
            connection = take();
            reachable = true;
        } catch (SQLException e) {
            if (reachable) {
                LOG.warn("source lease lost source={} cause={}", source.word(), e.getMessage());
            }
            reachable = false;
            close();
        }
        return connection != null;
    }

    private @Nullable Connection take() throws SQLException {
        Connection fresh = database.getConnection();
        try {
            if (ask(fresh, "SELECT pg_try_advisory_lock(hashtext('hc.source'), ?)")) {
                LOG.info("source lease taken source={}", source.word());
                return fresh;
            }
        } catch (SQLException e) {
            fresh.close();
            throw e;
        }
        fresh.close();
        return null;
    }

    /** Gives it up. */
    @Override
    public synchronized void close() {
        Connection held = connection;
        connection = null;
        if (held == null) {
            return;
        }
        // the connection may come from a pool and live on, and the lock with it
        try (held) {
            ask(held, "SELECT pg_advisory_unlock(hashtext('hc.source'), ?)");
        } catch (SQLException e) {
            LOG.debug("source lease ended with its connection source={}", source.word(), e);
        }
    }

    private boolean ask(Connection on, String sql) throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(sql)) {
            statement.setInt(1, source.code());
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}

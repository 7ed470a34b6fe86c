package io.healthchecker.e2e.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** The PostgreSQL that runs on a data directory, entered as whoever can read that directory may enter it. */
record Database(int port, String password) {
    static Database of(Path data) throws IOException {
        String settings = Files.readString(data.resolve("postgresql/health-checker.conf"));
        var port = Pattern.compile("port = (\\d+)").matcher(settings);
        if (!port.find()) {
            throw new IllegalStateException("no port in " + settings);
        }
        return new Database(
                Integer.parseInt(port.group(1)),
                Files.readString(data.resolve("postgresql.password")).strip());
    }

    void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int number(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/health_checker?sslmode=disable".formatted(port),
                "health_checker",
                password);
    }
}

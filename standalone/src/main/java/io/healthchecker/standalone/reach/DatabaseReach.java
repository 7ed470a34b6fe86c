package io.healthchecker.standalone.reach;

import io.healthchecker.core.secret.Secret;
import io.healthchecker.standalone.StartFailure;
import io.healthchecker.standalone.setting.DatabaseAddress;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Asks PostgreSQL whether it lets us in, and which version it is. */
public final class DatabaseReach {
    private static final int OLDEST = 15;

    private DatabaseReach() {}

    /** Throws {@link StartFailure} unless PostgreSQL {@value OLDEST} or later lets us into the database. */
    public static void demand(String name, DatabaseAddress address) {
        var properties = new Properties();
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("connectTimeout", "5");
        address.login().user().ifPresent(user -> properties.setProperty("user", user));
        address.login()
                .password()
                .map(Secret::reveal)
                .ifPresent(password -> properties.setProperty("password", password));
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), properties)) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new StartFailure("%s: PostgreSQL at %s is version %d; it must be %d or later"
                        .formatted(name, address.at(), version, OLDEST));
            }
        } catch (SQLException refused) {
            throw new StartFailure(
                    "%s: cannot use database %s at %s (%s); start PostgreSQL there, or correct the setting"
                            .formatted(name, address.database(), address.at(), firstLine(refused)),
                    refused);
        }
    }

    private static String firstLine(SQLException refused) {
        return String.valueOf(refused.getMessage()).lines().findFirst().orElse("no reason given");
    }
}

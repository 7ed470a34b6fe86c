package io.healthchecker.worker.check;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/** Where the product's own database listens, as its URL says: nobody's check may dial it. */
final class OwnAddresses {
    private OwnAddresses() {}

    /** The hosts of a JDBC URL, not looked up; none if it is not one of PostgreSQL. */
    static List<InetSocketAddress> ofDatabase(String url) {
        Properties parsed = Driver.parseURL(url, new Properties());
        if (parsed == null) {
            return List.of();
        }
        String[] hosts = parsed.getProperty("PGHOST", "localhost").split(",", -1);
        String[] ports = parsed.getProperty("PGPORT", "5432").split(",", -1);
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            int port = Integer.parseInt(ports[Math.min(i, ports.length - 1)]);
            addresses.add(InetSocketAddress.createUnresolved(hosts[i], port));
        }
        return addresses;
    }
}

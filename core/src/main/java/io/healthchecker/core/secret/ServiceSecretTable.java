package io.healthchecker.core.secret;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code service_secret}: what a service's definition refers to, encrypted by {@link SecretCipher}. */
public final class ServiceSecretTable {
    private final JdbcClient jdbc;

    public ServiceSecretTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps these, by reference, and nothing else for a service. */
    public void replace(long serviceId, Map<String, byte[]> sealed) {
        jdbc.sql("DELETE FROM service_secret WHERE service_id = :id")
                .param("id", serviceId)
                .update();
        sealed.forEach((reference, bytes) -> jdbc.sql(
                        "INSERT INTO service_secret (service_id, reference, sealed) VALUES (:id, :reference, :sealed)")
                .param("id", serviceId)
                .param("reference", reference)
                .param("sealed", bytes)
                .update());
    }

    /** What is kept for some services, by service and reference; a service without any is absent. */
    public Map<Long, Map<String, byte[]>> of(Collection<Long> serviceIds) {
        Map<Long, Map<String, byte[]>> sealed = new HashMap<>();
        jdbc.sql("SELECT service_id, reference, sealed FROM service_secret WHERE service_id = ANY(:ids)")
                .param("ids", serviceIds.toArray(Long[]::new))
                .query(row -> {
                    sealed.computeIfAbsent(row.getLong("service_id"), _ -> new HashMap<>())
                            .put(row.getString("reference"), row.getBytes("sealed"));
                });
        return sealed;
    }
}

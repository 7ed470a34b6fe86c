package io.healthchecker.operator.source.file;

import static io.healthchecker.operator.source.file.Checks.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.healthchecker.testing.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

class FileSourceConfigurationTest {
    private final DataSource database = TestPostgres.freshDatabase();

    @TempDir
    private Path directory;

    @Test
    void thereIsNoFileSourceWithoutADirectory() {
        try (var none = start(Map.of());
                var empty = start(Map.of("hc.source.file.directory", ""))) {
            assertThat(none.getBeanProvider(FileSource.class).getIfAvailable()).isNull();
            assertThat(empty.getBeanProvider(FileSource.class).getIfAvailable()).isNull();
        }
    }

    @Test
    void aDirectoryIsFollowedForItsTeam() throws Exception {
        Files.writeString(directory.resolve("web.yaml"), service("a", 1));
        try (var started =
                start(Map.of("hc.source.file.directory", directory.toString(), "hc.source.file.team", "platform"))) {
            FileSource source = started.getBean(FileSource.class);
            await().until(() -> source.get().services() == 1);
        }
        assertThat(JdbcClient.create(database)
                        .sql("SELECT t.name FROM service AS s JOIN team AS t ON t.id = s.team_id")
                        .query(String.class)
                        .list())
                .containsExactly("platform");
    }

    @Test
    void aSettingOutOfBoundsIsNamed() {
        assertThatThrownBy(() -> start(
                        Map.of("hc.source.file.directory", directory.toString(), "hc.source.file.rescan", "10ms")))
                .rootCause()
                .hasMessage("hc.source.file.rescan is 10 ms; it must be 1 to 600 s");
    }

    private AnnotationConfigApplicationContext start(Map<String, Object> settings) {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.registerBean(DataSource.class, () -> database);
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
        context.registerBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(database));
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.register(FileSourceConfiguration.class);
        context.refresh();
        return context;
    }
}

package io.healthchecker.operator.source.file;

import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.job.WakeStream.Wake;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.service.Source;
import io.healthchecker.core.team.FirstTeamTable;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.operator.source.Reconciliation;
import io.healthchecker.operator.source.SourceLease;
import io.healthchecker.operator.source.SourceMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.StringUtils;

/** The file source, where a directory is set. */
@Configuration(proxyBeanMethods = false)
@Conditional(FileSourceConfiguration.DirectoryIsSet.class)
@EnableConfigurationProperties(FileSourceSettings.class)
public class FileSourceConfiguration {

    @Bean(destroyMethod = "close")
    SourceLease fileSourceLease(DataSource database) {
        return new SourceLease(database, Source.FILE);
    }

    @Bean
    FileSource fileSource(
            FileSourceSettings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            SourceLease fileSourceLease,
            MeterRegistry meters,
            ObjectProvider<WakeStream> wake) {
        Ticker ticker = Ticker.system();
        var reconciliation = new Reconciliation(
                Source.FILE,
                new ServiceTable(jdbc),
                new Registration(jdbc, transactions, ticker),
                new SourceMetrics(meters, Source.FILE),
                () -> wake.ifAvailable(stream -> {
                    stream.publish(Wake.CHANGE);
                    stream.publish(Wake.EVENT);
                }));
        var source = new FileSource(
                settings.directory().toAbsolutePath().normalize(),
                new FileTeam(settings.team(), new FirstTeamTable(jdbc), transactions),
                reconciliation,
                fileSourceLease,
                ticker);
        FileSourceMetrics.register(meters, source);
        return source;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    FileSourceLoop fileSourceLoop(FileSource source, FileSourceSettings settings) {
        return new FileSourceLoop(source, settings.rescan());
    }

    /** An empty setting is none. */
    static final class DirectoryIsSet implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("hc.source.file.directory"));
        }
    }
}

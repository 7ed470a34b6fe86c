package io.healthchecker.standalone;

import io.healthchecker.api.ApiConfiguration;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.operator.schedule.ScheduleConfiguration;
import io.healthchecker.operator.source.file.FileSourceConfiguration;
import io.healthchecker.operator.source.kubernetes.KubernetesConfiguration;
import io.healthchecker.worker.WorkerConfiguration;
import io.healthchecker.worker.check.ProbeConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The three processes in one context. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    ApiConfiguration.class,
    ScheduleConfiguration.class,
    FileSourceConfiguration.class,
    KubernetesConfiguration.class,
    ProbeConfiguration.class,
    WorkerConfiguration.class
})
public class StandaloneApplication {
    @Bean
    Ticker ticker() {
        return Ticker.system();
    }
}

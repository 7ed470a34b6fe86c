package io.healthchecker.worker;

import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.check.ProbeConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** The worker as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ProbeConfiguration.class, WorkerConfiguration.class})
@PropertySource("classpath:io/healthchecker/worker/worker.properties")
public class WorkerApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(WorkerApplication.class, arguments);
    }

    @Bean
    Ticker ticker() {
        return Ticker.system();
    }
}

package io.healthchecker.operator;

import io.healthchecker.operator.schedule.ScheduleConfiguration;
import io.healthchecker.operator.source.file.FileSourceConfiguration;
import io.healthchecker.operator.source.kubernetes.KubernetesConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The operator as a process of its own. Its settings are those of {@code operator.properties} and the environment. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ScheduleConfiguration.class, FileSourceConfiguration.class, KubernetesConfiguration.class})
public class OperatorApplication {
    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    static SpringApplicationBuilder builder() {
        // a name of its own, since in standalone the files of all processes are on one class path
        return new SpringApplicationBuilder(OperatorApplication.class).properties("spring.config.name=operator");
    }
}

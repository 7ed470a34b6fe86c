package io.healthchecker.operator.status;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.healthchecker.core.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The status of custom resources: needs a Kubernetes client, a database and a meter registry. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StatusSettings.class)
public class StatusConfiguration {
    @Bean(destroyMethod = "stop")
    StatusReporting statusReporting(
            StatusSettings settings, KubernetesClient client, JdbcClient jdbc, MeterRegistry meters) {
        return new StatusReporting(
                new StatusReporting.Ground(client, jdbc, meters, hostName()), settings, Ticker.system());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName(); // in Kubernetes the name of the pod
        } catch (UnknownHostException e) {
            return "operator";
        }
    }
}

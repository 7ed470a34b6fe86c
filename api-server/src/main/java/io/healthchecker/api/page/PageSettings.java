package io.healthchecker.api.page;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What status pages may do.
 *
 * @param domains hosts that a status page may have for itself, lower case, without a port; the dashboard is not shown
 *     there. Default: none
 */
@ConfigurationProperties("hc.pages")
public record PageSettings(@DefaultValue List<String> domains) {
    public PageSettings {
        domains = List.copyOf(domains);
    }
}

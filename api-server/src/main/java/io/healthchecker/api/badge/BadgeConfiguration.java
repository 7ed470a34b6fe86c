package io.healthchecker.api.badge;

import io.healthchecker.api.page.PageShelf;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes badges. */
@Configuration(proxyBeanMethods = false)
public class BadgeConfiguration {
    @Bean
    BadgeController badgeController(PageShelf shelf) {
        return new BadgeController(new Badges(shelf));
    }
}

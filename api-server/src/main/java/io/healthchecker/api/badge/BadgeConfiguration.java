package io.healthchecker.api.badge;

import io.healthchecker.api.page.PageShelf;
import io.healthchecker.core.time.Ticker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes badges. */
@Configuration(proxyBeanMethods = false)
public class BadgeConfiguration {
    @Bean
    BadgeController badgeController(PageShelf shelf, Ticker ticker) {
        return new BadgeController(new Badges(shelf), ticker);
    }
}

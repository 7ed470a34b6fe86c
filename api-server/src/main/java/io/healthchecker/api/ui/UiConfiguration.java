package io.healthchecker.api.ui;

import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Makes what serves the dashboard. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UiSettings.class)
public class UiConfiguration {
    private static final String HOME = "/services";

    @Bean
    UiController uiController(UiSettings settings) {
        String folder = settings.folder();
        return new UiController(
                folder == null || folder.isBlank()
                        ? new AssetSource.Program()
                        : new AssetSource.Folder(Path.of(folder)));
    }

    @Bean
    WebMvcConfigurer home() {
        return new WebMvcConfigurer() {
            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                registry.addRedirectViewController("/", HOME);
            }
        };
    }
}

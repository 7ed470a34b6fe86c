package io.healthchecker.api.ui;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the dashboard's files come from.
 *
 * @param folder reads them from this folder at each request, so that a change shows without a build; for its
 *     developers. Default: those of the program
 */
@ConfigurationProperties("hc.ui")
public record UiSettings(@Nullable String folder) {}

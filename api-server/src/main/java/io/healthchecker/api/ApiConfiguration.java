package io.healthchecker.api;

import io.healthchecker.api.audit.AuditConfiguration;
import io.healthchecker.api.auth.AuthConfiguration;
import io.healthchecker.api.badge.BadgeConfiguration;
import io.healthchecker.api.feed.FeedConfiguration;
import io.healthchecker.api.find.FindConfiguration;
import io.healthchecker.api.heartbeat.HeartbeatConfiguration;
import io.healthchecker.api.history.HistoryConfiguration;
import io.healthchecker.api.incident.IncidentConfiguration;
import io.healthchecker.api.index.IndexConfiguration;
import io.healthchecker.api.job.JobConfiguration;
import io.healthchecker.api.openapi.OpenApiConfiguration;
import io.healthchecker.api.page.PageConfiguration;
import io.healthchecker.api.service.ServiceConfiguration;
import io.healthchecker.api.system.SystemConfiguration;
import io.healthchecker.api.team.TeamConfiguration;
import io.healthchecker.api.ui.UiConfiguration;
import io.healthchecker.api.view.SavedViewConfiguration;
import io.healthchecker.api.web.WebConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Everything that this process is made of, given a data source, a transaction manager, a Redis connection, a meter
 * registry and a {@link io.healthchecker.core.time.Ticker}: alone, or beside the other processes in one JVM.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    OpenApiConfiguration.class,
    WebConfiguration.class,
    AuthConfiguration.class,
    TeamConfiguration.class,
    FindConfiguration.class,
    JobConfiguration.class,
    ServiceConfiguration.class,
    FeedConfiguration.class,
    HistoryConfiguration.class,
    IncidentConfiguration.class,
    HeartbeatConfiguration.class,
    IndexConfiguration.class,
    PageConfiguration.class,
    BadgeConfiguration.class,
    AuditConfiguration.class,
    SystemConfiguration.class,
    SavedViewConfiguration.class,
    UiConfiguration.class
})
public class ApiConfiguration {}

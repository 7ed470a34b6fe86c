package io.healthchecker.api.service;

import io.healthchecker.api.auth.AuditLog;
import io.healthchecker.api.find.KeptRows;
import io.healthchecker.api.history.LocationNames;
import io.healthchecker.api.job.PromptJobs;
import io.healthchecker.api.problem.StrictJson;
import io.healthchecker.core.check.CheckResultTable;
import io.healthchecker.core.check.TrialStream;
import io.healthchecker.core.job.WakeStream;
import io.healthchecker.core.registration.Registration;
import io.healthchecker.core.service.ServiceTable;
import io.healthchecker.core.time.Ticker;
import io.lettuce.core.RedisClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Makes what serves services. */
@Configuration(proxyBeanMethods = false)
public class ServiceConfiguration {
    @Bean
    Wakes wakes(LettuceConnectionFactory redis) {
        return new Wakes(() -> new WakeStream((RedisClient) redis.getRequiredNativeClient()));
    }

    @Bean
    Services services(
            JdbcClient jdbc, PlatformTransactionManager transactions, Ticker ticker, Wakes wakes, AuditLog audit) {
        return new Services(
                transactions, new ServiceTable(jdbc), new Registration(jdbc, transactions, ticker), wakes, audit);
    }

    @Bean
    ServiceReader serviceReader(JdbcClient jdbc, KeptRows kept, Ticker ticker) {
        return new ServiceReader(jdbc, kept, ticker);
    }

    @Bean
    Bodies bodies(StrictJson json) {
        return new Bodies(json);
    }

    @Bean
    ChecksNow checksNow(PromptJobs jobs, JdbcClient jdbc, Ticker ticker) {
        return new ChecksNow(jobs, new CheckResultTable(jdbc), ticker);
    }

    @Bean
    Trials trials(LettuceConnectionFactory redis, Ticker ticker) {
        return new Trials(() -> new TrialStream((RedisClient) redis.getRequiredNativeClient()), ticker);
    }

    @Bean
    CheckController checkController(
            Services services, ChecksNow checks, Trials trials, Bodies bodies, JdbcClient jdbc) {
        return new CheckController(services, checks, trials, bodies, new LocationNames(jdbc));
    }

    @Bean
    Bulk bulk(JdbcClient jdbc, Ticker ticker) {
        return new Bulk(new ServiceListTable(jdbc), ticker);
    }

    @Bean
    BulkJobs bulkJobs(Bulk bulk, JdbcClient jdbc) {
        return new BulkJobs(bulk, new BulkJobTable(jdbc));
    }

    @Bean
    BulkController bulkController(Bulk bulk, BulkJobs jobs, Services services, Bodies bodies) {
        return new BulkController(bulk, jobs, services, bodies);
    }

    @Bean
    RenderController renderController(Bodies bodies) {
        return new RenderController(bodies);
    }

    @Bean
    ResourceController resourceController(JdbcClient jdbc) {
        return new ResourceController(new ServiceListTable(jdbc));
    }

    @Bean
    OwnershipController ownershipController(Bodies bodies, Services services, ServiceReader reader) {
        return new OwnershipController(bodies, services, reader);
    }

    @Bean
    ServiceController serviceController(
            Bodies bodies, Services services, ServiceReader reader, JdbcClient jdbc, JsonMapper mapper) {
        return new ServiceController(
                bodies, new Creation(services, new IdempotencyTable(jdbc)), services, reader, mapper);
    }
}

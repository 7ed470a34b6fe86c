package io.healthchecker.worker;

import io.healthchecker.core.check.CertificateTable;
import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.secret.SecretKeys;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.Definition;
import io.healthchecker.worker.check.Certificates;
import io.healthchecker.worker.check.Check;
import io.healthchecker.worker.check.Probers;
import io.healthchecker.worker.check.TeamPolicies;
import io.healthchecker.worker.compact.RetentionSettings;
import io.healthchecker.worker.compact.Upkeep;
import io.healthchecker.worker.connectivity.ConnectivitySettings;
import io.healthchecker.worker.connectivity.Guard;
import io.healthchecker.worker.connectivity.Witnesses;
import io.healthchecker.worker.heartbeat.Heartbeats;
import io.healthchecker.worker.intake.CheckStarter;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A worker, given a data source whose schema is there, a transaction manager, a Redis client, a meter registry, a
 * {@link Ticker} and what makes checks: alone, or beside the other processes in one JVM.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WorkerSettings.class, RetentionSettings.class, ConnectivitySettings.class})
public class WorkerConfiguration {
    @Bean
    Upkeep upkeep(
            JdbcClient jdbc, PlatformTransactionManager transactions, RetentionSettings retention, Ticker ticker) {
        return new Upkeep(jdbc, transactions, retention, ticker);
    }

    @Bean
    Worker.Stores workerStores(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            LettuceConnectionFactory redis,
            Environment environment) {
        String jwtSecret = environment.getProperty("hc.auth.jwt-secret", environment.getProperty("JWT_SECRET", ""));
        return new Worker.Stores(
                jdbc,
                transactions,
                (RedisClient) redis.getRequiredNativeClient(),
                SecretKeys.cipher(environment.getProperty("SECRET_KEY"), jwtSecret));
    }

    @Bean
    CheckStarter.Source checkStarterSource(
            Probers probers, Heartbeats heartbeats, TeamPolicies policies, Witnesses witnesses) {
        return new CheckStarter.Source() {
            @Override
            public Executor executor() {
                return probers.executor();
            }

            @Override
            public CheckStarter prepare(Definition definition) {
                return new Probed(probers.prepare(definition));
            }

            @Override
            public CheckStarter prepare(int teamId, Definition definition) {
                CheckStarter check = new Probed(probers.prepare(definition, policies.of(teamId)));
                return witnesses.areThere() ? new Guard(check, witnesses) : check;
            }

            @Override
            public CheckStarter prepare(Service service, Definition definition) {
                return definition.heartbeat() == null
                        ? prepare(service.teamId(), definition)
                        : heartbeats.prepare(service);
            }
        };
    }

    @Bean
    Witnesses witnesses(ConnectivitySettings settings, Probers probers, Ticker ticker) {
        return new Witnesses(settings, probers::probe, ticker);
    }

    @Bean
    Heartbeats heartbeats(JdbcClient jdbc, Ticker ticker) {
        return new Heartbeats(jdbc, ticker);
    }

    @Bean
    Worker worker(
            WorkerSettings settings,
            Worker.Stores stores,
            CheckStarter.Source checks,
            Upkeep upkeep,
            Worker.Watch watch) {
        return new Worker(Descriptors.ofThisProcess().bound(settings), stores, checks, upkeep, watch);
    }

    @Bean
    Worker.Watch workerWatch(MeterRegistry meters, Ticker ticker, Witnesses witnesses) {
        return new Worker.Watch(meters, ticker, () -> witnesses.cutOffMillis() != null);
    }

    @Bean
    WorkerLifecycle workerLifecycle(
            Worker worker, TeamPolicies policies, Witnesses witnesses, Probers probers, JdbcClient jdbc) {
        var table = new CertificateTable(jdbc);
        return new WorkerLifecycle(
                worker, policies, witnesses, () -> probers.certificates().give(table::remember));
    }

    @Bean
    HealthIndicator workerHealthIndicator(Worker worker) {
        return () -> (worker.isWell() ? Health.up() : Health.outOfService()).build();
    }

    /** Starts the worker when everything is there, and stops it before anything that it needs is stopped. */
    static final class WorkerLifecycle implements SmartLifecycle {
        private final Worker worker;
        private final TeamPolicies policies;
        private final Witnesses witnesses;
        private final Runnable certificates;
        private final Chores chores = new Chores("hc-surroundings");
        private volatile boolean isRunning;

        WorkerLifecycle(Worker worker, TeamPolicies policies, Witnesses witnesses, Runnable certificates) {
            this.worker = worker;
            this.policies = policies;
            this.witnesses = witnesses;
            this.certificates = certificates;
        }

        @Override
        public void start() {
            chores.every(TeamPolicies.EVERY, "egress of teams", policies::read);
            chores.every(Certificates.EVERY, "certificates", certificates);
            if (witnesses.areThere()) {
                chores.every(Witnesses.EVERY, "witnesses", witnesses::reachable);
            }
            worker.start();
            isRunning = true;
        }

        @Override
        public void stop() {
            if (isRunning) {
                isRunning = false;
                worker.stop();
                chores.close();
            }
        }

        @Override
        public boolean isRunning() {
            return isRunning;
        }
    }

    /** A definition whose target is probed. */
    private record Probed(Check check) implements CheckStarter {
        @Override
        public CompletionStage<CheckResult> start(Job job) {
            return check.run(job);
        }

        @Override
        public CompletionStage<Tried> tryOut(Job job) {
            return check.examine(job).thenApply(seen -> new Tried(seen.result(), seen.steps()));
        }
    }
}

package io.healthchecker.api.job;

import io.healthchecker.core.job.JobStream;
import io.lettuce.core.RedisClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Makes what asks for checks. */
@Configuration(proxyBeanMethods = false)
public class JobConfiguration {
    @Bean
    PromptJobs promptJobs(LettuceConnectionFactory redis) {
        return new PromptJobs(() -> new JobStream((RedisClient) redis.getRequiredNativeClient()));
    }
}

package io.healthchecker.api.list;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the {@code limit} of a {@link Window}. */
@Parameter(
        description = "How many at most, 1 to " + Window.MAX_LIMIT + ". Default: " + Window.DEFAULT_LIMIT + ".",
        example = "10")
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface LimitParameter {}

package io.healthchecker.api.auth;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Stands on every route: who may call it. A route without it is closed to everybody. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Requires {
    Access value();

    /** Whether the screen on the wall needs the route, so that its token may call it. */
    boolean wall() default false;
}

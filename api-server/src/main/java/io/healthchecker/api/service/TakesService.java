package io.healthchecker.api.service;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the documentation shows a body that is a service: its schema, and one as short and one as full as can be. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@RequestBody(
        required = true,
        content =
                @Content(
                        schema = @Schema(implementation = ServiceSchema.class),
                        examples = {
                            @ExampleObject(name = "short", value = ServiceSchema.SHORT_EXAMPLE),
                            @ExampleObject(name = "full", value = ServiceSchema.FULL_EXAMPLE)
                        }))
@interface TakesService {}

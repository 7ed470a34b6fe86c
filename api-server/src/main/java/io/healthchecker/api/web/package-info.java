/** The HTTP server: Jetty, JSON, headers that every answer has, and errors from outside of any controller. */
@NullMarked
package io.healthchecker.api.web;

import org.jspecify.annotations.NullMarked;

/** The API described by itself: the OpenAPI document, and the page that shows it. */
@NullMarked
package io.healthchecker.api.openapi;

import org.jspecify.annotations.NullMarked;

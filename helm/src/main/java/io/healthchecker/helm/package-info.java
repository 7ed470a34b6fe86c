/** What is generated from the comments in the chart's values: their schema, and their table in the README. */
@NullMarked
package io.healthchecker.helm;

import org.jspecify.annotations.NullMarked;

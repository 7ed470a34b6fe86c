/** Which services of a team are asked for: filters and orders, told to the database or asked of rows that are in memory. */
@NullMarked
package io.healthchecker.api.find;

import org.jspecify.annotations.NullMarked;

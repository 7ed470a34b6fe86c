/** All services of a team at a glance: the columns of the whole list, how many there are of each, and what they were. */
@NullMarked
package io.healthchecker.api.index;

import org.jspecify.annotations.NullMarked;

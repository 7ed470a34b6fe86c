/** One replica leads: a lease at the API server, and what happens when it is lost. */
@NullMarked
package io.healthchecker.operator.lead;

import org.jspecify.annotations.NullMarked;

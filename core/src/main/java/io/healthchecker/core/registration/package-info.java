/** Creating, changing and removing a service: rows, change log, state and events in one transaction. */
@NullMarked
package io.healthchecker.core.registration;

import org.jspecify.annotations.NullMarked;

/** Which workers live, and which services nobody has been able to tell anything about. */
@NullMarked
package io.healthchecker.worker.presence;

import org.jspecify.annotations.NullMarked;

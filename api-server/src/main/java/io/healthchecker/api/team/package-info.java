/** Teams and their members, over HTTP. */
@NullMarked
package io.healthchecker.api.team;

import org.jspecify.annotations.NullMarked;

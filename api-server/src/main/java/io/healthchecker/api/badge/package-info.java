/** Badges of what published status pages show, also under the addresses that Gatus and Uptime Kuma have. */
@NullMarked
package io.healthchecker.api.badge;

import org.jspecify.annotations.NullMarked;

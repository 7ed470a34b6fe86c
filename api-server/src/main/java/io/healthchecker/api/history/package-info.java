/** What was checked and what became of it: results, gaps, transitions, uptime. */
@NullMarked
package io.healthchecker.api.history;

import org.jspecify.annotations.NullMarked;

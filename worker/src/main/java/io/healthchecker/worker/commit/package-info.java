/** Results, verdicts, transitions and events in one transaction; what happens while the database is away. */
@NullMarked
package io.healthchecker.worker.commit;

import org.jspecify.annotations.NullMarked;

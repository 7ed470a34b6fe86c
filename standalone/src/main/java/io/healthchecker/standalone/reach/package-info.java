/** Whether the servers that the environment names answer, asked before anything starts. */
@NullMarked
package io.healthchecker.standalone.reach;

import org.jspecify.annotations.NullMarked;

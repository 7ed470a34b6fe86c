/** What the environment asks of a process: read, judged, and translated for Spring in one place. */
@NullMarked
package io.healthchecker.standalone.setting;

import org.jspecify.annotations.NullMarked;

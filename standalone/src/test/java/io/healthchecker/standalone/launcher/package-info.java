/** The script {@code hc}, run as a person runs it. */
@NullMarked
package io.healthchecker.standalone.launcher;

import org.jspecify.annotations.NullMarked;

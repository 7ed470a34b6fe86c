/** A job in, a committed result out. */
@NullMarked
package io.healthchecker.worker;

import org.jspecify.annotations.NullMarked;

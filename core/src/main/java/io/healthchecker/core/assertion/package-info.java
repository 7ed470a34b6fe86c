/** What an answer must look like, and why it did not. */
@NullMarked
package io.healthchecker.core.assertion;

import org.jspecify.annotations.NullMarked;

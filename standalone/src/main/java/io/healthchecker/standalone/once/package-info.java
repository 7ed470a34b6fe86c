/** Definitions checked once, without a server, and told in a form for people or for programs. */
@NullMarked
package io.healthchecker.standalone.once;

import org.jspecify.annotations.NullMarked;

/** Reference pages against the code. */
@NullMarked
package io.healthchecker.standalone.reference;

import org.jspecify.annotations.NullMarked;

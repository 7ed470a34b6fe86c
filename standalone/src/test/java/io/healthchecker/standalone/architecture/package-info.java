/** The rules of who may know whom, checked over all modules. */
@NullMarked
package io.healthchecker.standalone.architecture;

import org.jspecify.annotations.NullMarked;

/** Pages of the documentation that are written from the definition. */
@NullMarked
package io.healthchecker.crds.reference;

import org.jspecify.annotations.NullMarked;

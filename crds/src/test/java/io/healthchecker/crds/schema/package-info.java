/** The CustomResourceDefinition that the records make. */
@NullMarked
package io.healthchecker.crds.schema;

import org.jspecify.annotations.NullMarked;

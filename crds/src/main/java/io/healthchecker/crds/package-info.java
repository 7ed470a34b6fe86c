/** The definition of a service, said once: the custom resource, the REST body and the file format. */
@NullMarked
package io.healthchecker.crds;

import org.jspecify.annotations.NullMarked;

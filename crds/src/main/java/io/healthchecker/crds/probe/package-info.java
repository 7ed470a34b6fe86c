/** How a service is checked: one record a kind. */
@NullMarked
package io.healthchecker.crds.probe;

import org.jspecify.annotations.NullMarked;

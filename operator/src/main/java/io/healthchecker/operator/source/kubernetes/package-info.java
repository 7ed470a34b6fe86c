/** Services that custom resources declare: applied as they change, swept when they are missing. */
@NullMarked
package io.healthchecker.operator.source.kubernetes;

import org.jspecify.annotations.NullMarked;

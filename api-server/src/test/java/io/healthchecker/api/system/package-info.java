@NullMarked
package io.healthchecker.api.system;

import org.jspecify.annotations.NullMarked;

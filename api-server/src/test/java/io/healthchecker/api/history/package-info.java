@NullMarked
package io.healthchecker.api.history;

import org.jspecify.annotations.NullMarked;

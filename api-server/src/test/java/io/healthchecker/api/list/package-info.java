@NullMarked
package io.healthchecker.api.list;

import org.jspecify.annotations.NullMarked;

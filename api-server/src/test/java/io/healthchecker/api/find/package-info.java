@NullMarked
package io.healthchecker.api.find;

import org.jspecify.annotations.NullMarked;

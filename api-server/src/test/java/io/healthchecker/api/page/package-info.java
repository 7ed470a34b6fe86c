@NullMarked
package io.healthchecker.api.page;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.healthchecker.api.audit;

import org.jspecify.annotations.NullMarked;

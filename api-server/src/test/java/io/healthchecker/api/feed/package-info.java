@NullMarked
package io.healthchecker.api.feed;

import org.jspecify.annotations.NullMarked;

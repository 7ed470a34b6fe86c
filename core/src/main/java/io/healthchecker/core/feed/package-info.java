/** Facts with dense ids in commit order. */
@NullMarked
package io.healthchecker.core.feed;

import org.jspecify.annotations.NullMarked;

/** What people and programs see. */
@NullMarked
package io.healthchecker.api;

import org.jspecify.annotations.NullMarked;

/** All of it in one JVM, on embedded PostgreSQL and Redis or on yours. */
@NullMarked
package io.healthchecker.standalone;

import org.jspecify.annotations.NullMarked;

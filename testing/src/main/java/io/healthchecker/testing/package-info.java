/** PostgreSQL and Redis as the tests of every module use them: real, started once a JVM. */
@NullMarked
package io.healthchecker.testing;

import org.jspecify.annotations.NullMarked;

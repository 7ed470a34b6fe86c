/** What the tests of every module meet: a real PostgreSQL and Redis, and targets that do what a script says. */
@NullMarked
package io.healthchecker.testing;

import org.jspecify.annotations.NullMarked;

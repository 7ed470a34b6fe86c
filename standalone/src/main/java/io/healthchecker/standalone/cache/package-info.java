/** The JVM's start-up cache (JEP 514): trained once by a run of its own, after which every start takes half the time. */
@NullMarked
package io.healthchecker.standalone.cache;

import org.jspecify.annotations.NullMarked;

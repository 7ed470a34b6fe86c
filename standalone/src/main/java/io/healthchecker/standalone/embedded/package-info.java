/** PostgreSQL and Redis beside the JVM: unpacked, started, stopped, and cleared away where a killed run left them. */
@NullMarked
package io.healthchecker.standalone.embedded;

import org.jspecify.annotations.NullMarked;

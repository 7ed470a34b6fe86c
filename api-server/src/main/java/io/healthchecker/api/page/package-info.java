/** Status pages: what a team shows of its services to everybody, from memory, whatever becomes of the database. */
@NullMarked
package io.healthchecker.api.page;

import org.jspecify.annotations.NullMarked;

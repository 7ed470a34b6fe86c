/** The live feed: tail, ring and sockets; a client resumes by id, and a slow one is closed. */
@NullMarked
package io.healthchecker.api.feed;

import org.jspecify.annotations.NullMarked;

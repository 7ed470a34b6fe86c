/** Signing in, tokens, and who a request comes from: deny unless a route says otherwise. */
@NullMarked
package io.healthchecker.api.auth;

import org.jspecify.annotations.NullMarked;

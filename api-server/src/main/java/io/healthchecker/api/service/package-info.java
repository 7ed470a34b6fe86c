/** Services over HTTP: created, changed, removed, found, checked now. */
@NullMarked
package io.healthchecker.api.service;

import org.jspecify.annotations.NullMarked;

/** What is watched: the service, its definition, who may change it, and the log of changes. */
@NullMarked
package io.healthchecker.core.service;

import org.jspecify.annotations.NullMarked;

package io.healthchecker.core.service;

import io.healthchecker.crds.Definition;
import org.jspecify.annotations.Nullable;

/** A service that somebody wants. */
public record NewService(
        int teamId, String name, Source source, @Nullable String owner, Definition definition) {}

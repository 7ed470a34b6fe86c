package io.healthchecker.core.service;

import io.healthchecker.crds.Definition;

/**
 * A definition as a file holds it: one document.
 *
 * @param line where its name stands, from 1
 * @param column where its name stands, from 1
 */
public record NamedDefinition(String name, Definition definition, int line, int column) {}

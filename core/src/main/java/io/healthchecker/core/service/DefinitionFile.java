package io.healthchecker.core.service;

import java.util.List;

/**
 * What a file of definitions holds: the documents that are right, and everything that is wrong with the others.
 *
 * @param definitions in the order of the file, each with another name
 */
public record DefinitionFile(List<NamedDefinition> definitions, List<DefinitionError> errors) {
    public DefinitionFile {
        definitions = List.copyOf(definitions);
        errors = List.copyOf(errors);
    }
}

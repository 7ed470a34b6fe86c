/** Services from YAML files in a directory: created, changed and removed as the files are. */
@NullMarked
package io.healthchecker.operator.source.file;

import org.jspecify.annotations.NullMarked;

/** The command line: one class a subcommand of hc. */
@NullMarked
package io.healthchecker.standalone.command;

import org.jspecify.annotations.NullMarked;

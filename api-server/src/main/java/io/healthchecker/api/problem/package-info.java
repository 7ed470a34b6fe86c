/** What is said when something goes wrong: RFC 9457 answers that name the field, and bodies read strictly. */
@NullMarked
package io.healthchecker.api.problem;

import org.jspecify.annotations.NullMarked;

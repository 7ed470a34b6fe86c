/** The dashboard as files: a page for each of its addresses, and what that page loads. */
@NullMarked
package io.healthchecker.api.ui;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.healthchecker.api.ui;

import org.jspecify.annotations.NullMarked;

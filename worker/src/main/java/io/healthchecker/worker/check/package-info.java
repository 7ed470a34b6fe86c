/** One job from slot to result: too late? which definition? whose fault? */
@NullMarked
package io.healthchecker.worker.check;

import org.jspecify.annotations.NullMarked;

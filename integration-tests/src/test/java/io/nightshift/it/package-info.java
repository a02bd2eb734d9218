/** All services together, as the processes that a user runs, on real parts. */
@NullMarked
package io.nightshift.it;

import org.jspecify.annotations.NullMarked;

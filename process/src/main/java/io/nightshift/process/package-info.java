/**
 * Runs programs: arguments as a list, never a shell; an environment that starts empty; both outputs drained; a stop that
 * lets the program clean up. The only module that starts processes.
 */
@NullMarked
package io.nightshift.process;

import org.jspecify.annotations.NullMarked;

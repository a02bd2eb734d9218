/** Finds what a new installation gets wrong, and says how to mend it. */
@NullMarked
package io.nightshift.command.doctor;

import org.jspecify.annotations.NullMarked;

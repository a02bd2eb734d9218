/**
 * The command line of Nightshift: talks to the scheduler's API, and to the repositories alone where that is all that is left.
 * Plain Picocli, without a framework: see docs/decisions/0005-plain-command.md.
 */
@NullMarked
package io.nightshift.command;

import org.jspecify.annotations.NullMarked;

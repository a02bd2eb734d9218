/** Repositories by means of restic, with nothing of Nightshift running. */
@NullMarked
package io.nightshift.command.direct;

import org.jspecify.annotations.NullMarked;

/** The scheduler's API, as a client sees it. */
@NullMarked
package io.nightshift.command.api;

import org.jspecify.annotations.NullMarked;

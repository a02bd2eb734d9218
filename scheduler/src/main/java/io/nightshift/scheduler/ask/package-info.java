/** What a person asks for by page, command or program: checked here, and said on the bus like everybody else says it. */
@NullMarked
package io.nightshift.scheduler.ask;

import org.jspecify.annotations.NullMarked;

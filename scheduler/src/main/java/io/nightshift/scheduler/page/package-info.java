/** The page: HTML made here from the same state as the API, made lively by htmx and server-sent events. */
@NullMarked
package io.nightshift.scheduler.page;

import org.jspecify.annotations.NullMarked;

/** Puts the parts together: the start, the clock, the dry run. */
@NullMarked
package io.nightshift.scheduler.service;

import org.jspecify.annotations.NullMarked;

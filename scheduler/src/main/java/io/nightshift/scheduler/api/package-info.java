/** What the scheduler says over HTTP: the plan, and the state of each job. */
@NullMarked
package io.nightshift.scheduler.api;

import org.jspecify.annotations.NullMarked;

/** What a person asks for by a subject, in terms of the fleet file. */
@NullMarked
package io.nightshift.scheduler.request;

import org.jspecify.annotations.NullMarked;

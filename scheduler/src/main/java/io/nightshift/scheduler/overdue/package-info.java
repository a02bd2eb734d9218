/** What has not been done for too long, whatever the reason, and although nobody said that it failed. */
@NullMarked
package io.nightshift.scheduler.overdue;

import org.jspecify.annotations.NullMarked;

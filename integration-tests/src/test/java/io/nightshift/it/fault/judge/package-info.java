/** Judges recorded nights: whether every promise was kept, whatever happened. Knows nothing of how they were recorded. */
@NullMarked
package io.nightshift.it.fault.judge;

import org.jspecify.annotations.NullMarked;

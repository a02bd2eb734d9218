/** What no service backs up, and pools that are nearly full: found at the start and after each night, said once. */
@NullMarked
package io.nightshift.snapshot.coverage;

import org.jspecify.annotations.NullMarked;

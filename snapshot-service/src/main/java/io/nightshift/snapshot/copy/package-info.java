/** For hosts without ZFS: a copy of the paths, as near to one instant as a copy can be. */
@NullMarked
package io.nightshift.snapshot.copy;

import org.jspecify.annotations.NullMarked;

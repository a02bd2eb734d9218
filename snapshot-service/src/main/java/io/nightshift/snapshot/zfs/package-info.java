/** By ZFS: the programs {@code zfs}, {@code mount} and {@code umount}, and what they print. */
@NullMarked
package io.nightshift.snapshot.zfs;

import org.jspecify.annotations.NullMarked;

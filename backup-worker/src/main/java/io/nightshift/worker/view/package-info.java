/** What a backup reads: the view of the ZFS snapshots, and the folders of destinations. */
@NullMarked
package io.nightshift.worker.view;

import org.jspecify.annotations.NullMarked;

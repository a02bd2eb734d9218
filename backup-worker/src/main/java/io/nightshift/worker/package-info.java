/**
 * Runs the jobs of one host: each is one run of restic. The only service with restic and its secrets. Package {@code
 * restore} brings data back.
 *
 * <p>In: {@code backup.job.<host>.*.<destination>}, {@code backup.restore.…}, {@code backup.cancel.…}. Out: {@code
 * backup.restored.…}, {@code backup.restoring.…}, {@code backup.status.…}, {@code backup.upkeep.…}, {@code
 * backup.progress.…}; what cannot be understood goes to {@code backup.rejected}.
 */
@NullMarked
package io.nightshift.worker;

import org.jspecify.annotations.NullMarked;

package io.nightshift.contract.fleet;

import io.nightshift.contract.Work;
import java.util.Optional;

/**
 * How often a repository is looked after.
 *
 * @param forget by the retention policy, with prune
 * @param readDataSubset how much data a check reads, as {@code restic check --read-data-subset} has it
 * @param restoreTestBytes how much a restore test restores at most
 */
public record Upkeep(
        Rhythm forget, Rhythm check, Optional<String> readDataSubset, Rhythm restoreTest, long restoreTestBytes) {
    /** How often each work of {@link Work#UPKEEP} is done; a backup is made each night. */
    public Rhythm rhythm(Work work) {
        return switch (work) {
            case BACKUP -> Rhythm.NIGHTLY;
            case FORGET -> forget;
            case CHECK -> check;
            case RESTORE_TEST -> restoreTest;
        };
    }

    /** On which nights; a stable hash of the repository spreads them. */
    public enum Rhythm {
        NEVER(0),
        NIGHTLY(1),
        WEEKLY(7),
        MONTHLY(28);

        private final int nights;

        Rhythm(int nights) {
            this.nights = nights;
        }

        /** Every how many nights; 0 for never. A month is 28 nights, so that it falls on the same day of the week. */
        public int nights() {
            return nights;
        }
    }
}

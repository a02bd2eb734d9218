package io.nightshift.contract.fleet;

import java.util.Optional;

/**
 * How often a repository is looked after.
 *
 * @param forget by the retention policy, with prune
 * @param readDataSubset how much data a check reads, as {@code restic check --read-data-subset} has it
 */
public record Upkeep(Rhythm forget, Rhythm check, Optional<String> readDataSubset) {
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

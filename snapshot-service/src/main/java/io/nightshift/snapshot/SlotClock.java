package io.nightshift.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Waits until a slot has come, so that what is taken then is never older than it, as far as its time can be told. */
public final class SlotClock {

    /**
     * The creation time of a ZFS snapshot is in whole seconds, of the kernel's coarse clock, which is at most a tick (10 ms
     * at 100 Hz) behind the one that programs read.
     */
    private static final Duration COARSE = Duration.ofMillis(50);

    private final InstantSource clock;
    private final Duration tolerance;

    public SlotClock(InstantSource clock, Duration tolerance) {
        this.clock = clock;
        this.tolerance = tolerance;
    }

    /** @throws SnapshotException if the slot is farther away than clocks may differ */
    void await(Instant slot) throws InterruptedException {
        Duration left = untilReached(slot, clock.instant());
        if (left.compareTo(tolerance.plusSeconds(1)) > 0) {
            throw new SnapshotException(
                    "the night's slot " + slot + " is still to come: this host's clock says " + clock.instant(),
                    "set the clocks of this host, of NATS and of the scheduler by NTP");
        }
        if (!left.isNegative()) {
            Thread.sleep(left.toMillis() + 1);
        }
    }

    static Duration untilReached(Instant slot, Instant now) {
        Instant second = slot.truncatedTo(ChronoUnit.SECONDS);
        Instant next = second.equals(slot) ? slot : second.plusSeconds(1);
        return Duration.between(now, next.plus(COARSE));
    }
}

package io.nightshift.contract.plan;

import io.nightshift.contract.Sha256;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.Window;
import io.nightshift.contract.fleet.Upkeep.Rhythm;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;

/** Spreads work evenly by a hash of its name: the same on every machine, after every restart. */
public final class Spread {
    private static final int UNUSED_BITS = 11;
    private static final double ONE = 1L << (Long.SIZE - UNUSED_BITS);

    private Spread() {}

    /** When a backup of the night of that date is due: in the window, its end excluded; another moment each date. */
    public static Instant due(Target target, LocalDate date, Window window) {
        double fraction = (hash(target + "@" + date) >>> UNUSED_BITS) / ONE;
        return window.from().plusMillis((long) (window.length().toMillis() * fraction));
    }

    /**
     * Whether a repository is looked after in the night of that date. By the repository alone, so that works
     * of the same rhythm share a night, and each monthly one falls on a weekly one.
     */
    public static boolean isUpkeepNight(Target target, Rhythm rhythm, LocalDate date) {
        return rhythm != Rhythm.NEVER
                && Math.floorMod(date.toEpochDay() + (hash(target.toString()) >>> UNUSED_BITS), rhythm.nights()) == 0;
    }

    private static long hash(String text) {
        return ByteBuffer.wrap(Sha256.of(text)).getLong();
    }
}

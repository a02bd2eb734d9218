package io.nightshift.it.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Folders, and a slot of the clock in two or three minutes, once. */
class ClockSite extends FolderSite {
    /** For the stage to be made. */
    private static final Duration AHEAD = Duration.ofSeconds(100);

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private final Instant slot;

    ClockSite(Path folder) throws IOException, InterruptedException {
        this(folder, minuteAfter(Instant.now().plus(AHEAD)));
    }

    ClockSite(Path folder, Instant slot) throws IOException, InterruptedException {
        super(
                folder,
                "at: \"" + MINUTE.format(slot) + "\", window: \"" + MINUTE.format(slot) + "-"
                        + MINUTE.format(slot.plus(1, ChronoUnit.MINUTES)) + "\"");
        this.slot = slot;
    }

    static Instant minuteAfter(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    }

    Instant slot() {
        return slot;
    }
}

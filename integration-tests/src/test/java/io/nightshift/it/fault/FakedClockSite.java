package io.nightshift.it.fault;

import io.nightshift.it.fault.judge.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Folders, and a slot that no real clock reaches meanwhile: the services have a clock that the fault sets. */
final class FakedClockSite extends ClockSite {
    private static final Duration AHEAD = Duration.ofMinutes(30);

    private final FakedClock clock;

    FakedClockSite(Path folder) throws IOException, InterruptedException {
        super(folder, minuteAfter(Instant.now().plus(AHEAD)));
        clock = new FakedClock(folder("clock"));
    }

    FakedClock clock() {
        return clock;
    }

    @Override
    Map<String, String> environment() {
        return clock.environment();
    }

    @Override
    List<Entry> deeds() {
        return clock.settings();
    }
}

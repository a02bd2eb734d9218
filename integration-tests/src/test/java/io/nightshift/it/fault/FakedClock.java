package io.nightshift.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.it.fault.judge.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The clock of this machine, as far off as is asked, for processes that begin with {@link #environment()}: libfaketime reads a file
 * at each look at the clock. Programs in Go do not notice, so that NATS and restic keep the real time, as does all that counts seconds
 * that have passed.
 */
final class FakedClock {
    private final Path library;
    private final Path file;
    private final List<Entry> settings = new ArrayList<>();
    private Duration ahead = Duration.ZERO;

    FakedClock(Path file) throws IOException {
        this.library = library();
        this.file = file;
        setAhead(Duration.ZERO);
    }

    private static Path library() throws IOException {
        try (var places = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-*")) {
            for (var place : places) {
                var library = place.resolve("faketime/libfaketime.so.1");
                if (Files.exists(library)) {
                    return library;
                }
            }
        }
        assertThat(System.getenv("CI")).as("CI without libfaketime").isNotEqualTo("true");
        Assumptions.abort("there is no libfaketime (Debian: apt-get install libfaketime)");
        throw new IllegalStateException("not reached");
    }

    /** The last one is for the JVM: its timed waits would end at once. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_NO_CACHE", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** It jumps. */
    void set(Instant time) throws IOException {
        setAhead(Duration.between(Instant.now(), time));
    }

    void jump(Duration by) throws IOException {
        setAhead(ahead.plus(by));
    }

    /** At once for all, and never half written. */
    private void setAhead(Duration ahead) throws IOException {
        settings.add(new Entry.ClockSet(Instant.now(), ahead));
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, String.format(Locale.ROOT, "%+.3f%n", ahead.toMillis() / 1000.0));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        this.ahead = ahead;
    }

    /** What was done to it. */
    List<Entry> settings() {
        return List.copyOf(settings);
    }
}

package io.nightshift.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;

/** How far something is, in one line; of backups and restores alike. Pure. */
final class Bar {
    private static final int WIDTH = 24;

    private Bar() {}

    /** @param progress as on the bus */
    static String of(JsonNode progress) {
        double percent = progress.path("percent").asDouble();
        int full = (int) Math.round(Math.max(0, Math.min(100, percent)) / 100 * WIDTH);
        var text = "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] "
                + String.format(Locale.ROOT, "%3.0f %%", percent) + "  "
                + Amounts.bytes(progress.path("bytesDone").asLong()) + " of "
                + Amounts.bytes(progress.path("bytesTotal").asLong()) + ", "
                + Amounts.bytes(progress.path("bytesPerSecond").asLong()) + "/s";
        var left = progress.path("secondsLeft");
        return left.isNumber() ? text + ", " + Amounts.span(Duration.ofSeconds(left.asLong())) + " left" : text;
    }
}

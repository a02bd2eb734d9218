package io.nightshift.notifier;

import io.nightshift.notifier.Finding.Kind;
import java.time.Duration;

/**
 * When there is a message.
 *
 * @param remindAfter the same cause again makes a reminder when the last message is this old
 * @param rejectedEvery rejected messages make at most one message in this time
 * @param gather how long the first failures of a destination are gathered for one message
 */
public record Rules(Duration remindAfter, Duration rejectedEvery, Duration gather) {
    /** Longer than the rarest rhythm of upkeep, 28 nights; what was quiet for longer has most likely left the fleet file. */
    private static final Duration FORGOTTEN = Duration.ofDays(35);

    private static final Duration REJECTED_FORGOTTEN = Duration.ofDays(1);

    Duration gathering(Kind kind) {
        return kind == Kind.DESTINATION || kind == Kind.LATE ? gather : Duration.ZERO;
    }

    Duration pause(Kind kind) {
        return kind == Kind.REJECTED ? rejectedEvery : remindAfter;
    }

    /** After that much silence, it is a new incident. */
    Duration forgotten(Kind kind) {
        return kind == Kind.REJECTED ? REJECTED_FORGOTTEN : FORGOTTEN;
    }
}

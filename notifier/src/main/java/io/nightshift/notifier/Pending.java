package io.nightshift.notifier;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that is still to be sent. Its text is made when it is sent, of what is known then.
 *
 * @param due not before
 * @param refused why the channel will never take it, if it said so
 */
public record Pending(Why why, Instant due, Optional<String> refused) {
    public Pending {
        refused = Absent.optional(refused);
    }

    /** What makes it worth a message. */
    public enum Why {
        OPENED,
        /** Another cause than before. */
        CHANGED,
        REMINDER,
        RECOVERED
    }

    static Pending of(Why why, Instant due) {
        return new Pending(why, due, Optional.empty());
    }

    Pending refused(String reason) {
        return new Pending(why, due, Optional.of(reason));
    }

    boolean waits() {
        return refused.isEmpty();
    }
}

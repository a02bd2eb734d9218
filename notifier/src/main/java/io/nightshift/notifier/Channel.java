package io.nightshift.notifier;

import java.time.Duration;
import java.util.Optional;

/** A way to a person. */
public interface Channel {
    /** Of this kind of channel, for people. */
    String name();

    /** Sends one message, once: who calls decides when to try again. Blocks for a limited time; throws nothing. */
    Outcome send(Note note);

    /** What became of a message. */
    sealed interface Outcome {
        /** It is on its way to the person. */
        record Delivered() implements Outcome {}

        /**
         * Not now.
         *
         * @param atLeast how long the channel wants to be left alone, if it said so
         */
        record RetryLater(String reason, Optional<Duration> atLeast) implements Outcome {}

        /** The same message will never be taken; for instance because the key of the channel is wrong. */
        record Refused(String reason) implements Outcome {}
    }
}

package io.nightshift.notifier;

import io.nightshift.contract.setting.WholeNumber;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All settings of this service. */
@ConfigMapping(prefix = "nightshift.notifier")
public interface NotifierConfig {
    /** The same cause again makes a reminder when the last message is this old. */
    @WithDefault("PT20H")
    Duration remindAfter();

    /** Rejected messages make at most one message in this time. */
    @WithDefault("PT1H")
    Duration rejectedEvery();

    /** How long the first failures of a destination are gathered for one message; 0 sends at once. */
    @WithDefault("PT10S")
    Duration gather();

    /** Pauses after the first, second, … failure in a row to reach the channel; the last repeats. */
    @WithDefault("PT5S,PT30S,PT2M,PT10M")
    List<Duration> retryPauses();

    /** For mounts of secrets whose modes cannot be changed: take files that every user of the machine can read. */
    @WithDefault("false")
    boolean allowReadableSecrets();

    /** Where a person finds the status page; put into each message. */
    Optional<URI> publicUrl();

    Pushover pushover();

    /** The channel of pushover.net; off while neither token nor user is set. */
    interface Pushover {
        @WithDefault("https://api.pushover.net")
        URI baseUrl();

        /** Of the application, at pushover.net. */
        Optional<String> token();

        /** Holds the token; read for each message. */
        Optional<Path> tokenFile();

        /** Key of the user or group. */
        Optional<String> user();

        /** Holds the user's key; read for each message. */
        Optional<Path> userFile();

        /** Only to these devices, separated by commas. */
        Optional<String> device();

        /** Name of a sound; the user's own when absent. */
        Optional<String> sound();

        /** For connecting, and for the answer. */
        @WithDefault("PT10S")
        Duration timeout();

        Priorities priority();

        /** With priority 2: how often it is repeated until a person has seen it; at least 30 s. */
        @WithDefault("PT1M")
        Duration emergencyRetry();

        /** With priority 2: when the repeating ends; at most 3 h. */
        @WithDefault("PT1H")
        Duration emergencyExpire();
    }

    /** From -2 (not shown as a notification) over 0 to 1 (also in quiet hours) and 2 (until it is seen). */
    interface Priorities {
        @WithDefault("0")
        @WithConverter(WholeNumber.Priority.class)
        int failure();

        @WithDefault("0")
        @WithConverter(WholeNumber.Priority.class)
        int warning();

        @WithDefault("-1")
        @WithConverter(WholeNumber.Priority.class)
        int recovery();
    }
}

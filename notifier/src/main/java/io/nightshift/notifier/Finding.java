package io.nightshift.notifier;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an event means to a person: that something is wrong, or that something is well again. */
public sealed interface Finding {
    /** When the bus stored the event. It tells a repeat from news, and what came first. */
    Instant at();

    /**
     * Something is wrong.
     *
     * @param key of the incident that it belongs to; legal as a key of a bucket
     * @param part which of the things that one cause can hit: a job's target, a host
     * @param night for what is counted in nights
     * @param cause a word; another one in the same incident is news
     */
    record Trouble(
            String key,
            Kind kind,
            String part,
            Instant at,
            Optional<String> night,
            Severity severity,
            String cause,
            Account account)
            implements Finding {}

    /**
     * Something is well again.
     *
     * @param keys of the incidents that this part may be in
     */
    record Recovery(List<String> keys, String part, Instant at) implements Finding {}

    /** What an incident is about, which decides how often it is spoken of. */
    enum Kind {
        /** What was not done in time, with every job that it concerns: overdue, or not taken by any worker. */
        LATE,
        /** One job: a service and a destination of a host, and what was done. */
        JOB,
        /** A destination, with every job that it made fail. */
        DESTINATION,
        /** The ZFS snapshots of a host, with every job that had none. */
        SNAPSHOT,
        /** What a service has to say beside its jobs. Another alert says that it is over. */
        ALERT,
        /** One restore. Another one says nothing of it. */
        RESTORE,
        /** Messages that could not be understood. Anybody can send many, and nothing says that it is over. */
        REJECTED
    }
}

package io.nightshift.worker;

import java.util.UUID;

/**
 * Tells this worker from any other.
 *
 * @param value for people: {@code <host name>-<process id>}; in containers the same for many
 * @param process for programs: of this process alone, for ever
 */
public record WorkerName(String value, String process) {
    public WorkerName(String value) {
        this(value, value + "-" + UUID.randomUUID());
    }
}

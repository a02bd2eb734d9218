package io.nightshift.scheduler;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.StartNight;
import java.util.Optional;

/**
 * What the scheduler tells the others. Each call returns when the message is kept; a repeat of the same fact carries the
 * same id, so that repeating after a crash is harmless.
 */
public interface Bus {
    void publish(StartNight start);

    void publish(Job job);

    void publish(JobStatus status);

    void publish(SnapshotEvent.Release release);

    void publish(Alert alert);

    /** The newest ZFS snapshots that a host has announced. */
    Optional<SnapshotEvent.Ready> newestSnapshot(String host);
}

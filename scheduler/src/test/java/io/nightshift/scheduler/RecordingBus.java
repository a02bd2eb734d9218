package io.nightshift.scheduler;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.StartNight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps what was told, in order. */
public final class RecordingBus implements Bus {
    private final List<Object> told = new ArrayList<>();
    private Optional<SnapshotEvent.Ready> newest = Optional.empty();

    @Override
    public void publish(StartNight start) {
        told.add(start);
    }

    @Override
    public void publish(Job job) {
        told.add(job);
    }

    @Override
    public void publish(JobStatus status) {
        told.add(status);
    }

    @Override
    public void publish(SnapshotEvent.Release release) {
        told.add(release);
    }

    @Override
    public void publish(Alert alert) {
        told.add(alert);
    }

    public void announce(SnapshotEvent.Ready ready) {
        newest = Optional.of(ready);
    }

    @Override
    public Optional<SnapshotEvent.Ready> newestSnapshot(String host) {
        return newest.filter(ready -> ready.host().equals(host));
    }

    /** What was told of that kind. */
    public <T> List<T> all(Class<T> type) {
        return stream(type).toList();
    }

    private <T> Stream<T> stream(Class<T> type) {
        return told.stream().filter(type::isInstance).map(type::cast);
    }
}

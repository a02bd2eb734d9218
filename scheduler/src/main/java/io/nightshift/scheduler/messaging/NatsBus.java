package io.nightshift.scheduler.messaging;

import io.nightshift.contract.CloudEvent;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.StartNight;
import io.nightshift.nats.NatsClient;
import io.nightshift.scheduler.Bus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

@ApplicationScoped
class NatsBus implements Bus {
    private static final String SOURCE = "/nightshift/scheduler";

    private final NatsClient nats;
    private final InstantSource clock;

    NatsBus(NatsClient nats, InstantSource clock) {
        this.nats = nats;
        this.clock = clock;
    }

    @Override
    public void publish(StartNight start) {
        // Hosts are part of the id: a second request within a second can add some.
        var night = start.night().map(Object::toString).orElse("now");
        var id = "night/" + night + "/" + String.join(",", start.hosts());
        publish(
                Subjects.NIGHT_START,
                start,
                new CloudEvent(id, SOURCE, "nightshift.night.start", clock.instant(), night));
    }

    @Override
    public void publish(Job job) {
        publish(job.subject(), job, job.cloudEvent(SOURCE));
    }

    @Override
    public void publish(JobStatus status) {
        publish(status.subject(), status, status.cloudEvent(SOURCE));
    }

    @Override
    public void publish(SnapshotEvent.Release release) {
        publish(release.subject(), release, release.cloudEvent(SOURCE));
    }

    @Override
    public void publish(Alert alert) {
        publish(alert.subject(), alert, alert.cloudEvent(SOURCE));
    }

    @Override
    public Optional<SnapshotEvent.Ready> newestSnapshot(String host) {
        return nats.newest(
                Subjects.EVENTS_STREAM,
                Subjects.snapshotReady(host),
                value -> Wire.readable(value.body(), SnapshotEvent.Ready.class)
                        .filter(ready -> ready.host().equals(host)));
    }

    private void publish(String subject, Object message, CloudEvent event) {
        nats.publish(subject, Wire.write(message), event.id(), event.headers());
    }
}

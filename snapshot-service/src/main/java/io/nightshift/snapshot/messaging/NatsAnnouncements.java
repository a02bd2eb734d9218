package io.nightshift.snapshot.messaging;

import io.nightshift.contract.CloudEvent;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.nats.NatsClient;
import io.nightshift.snapshot.Announcements;
import io.nightshift.snapshot.SnapshotConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What this host has told the others, as the stream keeps it. */
@ApplicationScoped
class NatsAnnouncements implements Announcements {
    private final NatsClient nats;
    private final String host;

    NatsAnnouncements(NatsClient nats, SnapshotConfig config) {
        this.nats = nats;
        this.host = config.snapshot().host();
    }

    @Override
    public Optional<SnapshotEvent.Ready> lastReady() {
        return last(Subjects.snapshotReady(host), SnapshotEvent.Ready.class);
    }

    @Override
    public Optional<SnapshotEvent.Failed> lastFailed() {
        return last(Subjects.snapshotFailed(host), SnapshotEvent.Failed.class);
    }

    private <E extends SnapshotEvent> Optional<E> last(String subject, Class<E> type) {
        return nats.newest(Subjects.EVENTS_STREAM, subject, value -> Wire.readable(value.body(), type));
    }

    @Override
    public void announce(SnapshotEvent event) {
        CloudEvent cloudEvent = event.cloudEvent("/nightshift/snapshot-service/" + host);
        nats.publish(event.subject(), Wire.write(event), cloudEvent.id(), cloudEvent.headers());
    }
}

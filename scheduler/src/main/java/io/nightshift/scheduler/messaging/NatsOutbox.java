package io.nightshift.scheduler.messaging;

import io.nightshift.contract.CloudEvent;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.nats.NatsClient;
import io.nightshift.scheduler.ask.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;

@ApplicationScoped
class NatsOutbox implements Outbox {
    private static final String SOURCE = "/nightshift/api";

    private final NatsClient nats;
    private final InstantSource clock;

    NatsOutbox(NatsClient nats, InstantSource clock) {
        this.nats = nats;
        this.clock = clock;
    }

    /** Each time is a request of its own: a person who asks twice wants it twice. */
    @Override
    public void request(String subject, BackupRequest request) {
        say(subject, request, "nightshift.request");
    }

    private void say(String subject, Object message, String type) {
        var id = "api/" + UUID.randomUUID();
        var event = new CloudEvent(id, SOURCE, type, clock.instant(), subject);
        nats.publish(subject, Wire.write(message), id, event.headers());
    }
}

package io.nightshift.scheduler.messaging;

import io.nightshift.contract.CloudEvent;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.contract.event.RestoreCancel;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.nats.NatsClient;
import io.nightshift.scheduler.ask.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
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

    /** The id of a restore is in the message's, so that one that is said again is the same. */
    @Override
    public void restore(Target target, RestoreRequest request) {
        var subject = Subjects.restore(target.host(), target.service(), target.destination());
        var id = "restore/" + target + "/" + request.id().orElseThrow();
        var event = new CloudEvent(id, SOURCE, "nightshift.restore", clock.instant(), target.toString());
        nats.publish(subject, Wire.write(request), id, event.headers());
    }

    @Override
    public void cancel(Target target, String restore) {
        var body = Wire.write(new RestoreCancel(Optional.of(restore)));
        nats.publishCore(Subjects.cancel(target), body, Map.of("content-type", "application/json"));
    }

    private void say(String subject, Object message, String type) {
        var id = "api/" + UUID.randomUUID();
        var event = new CloudEvent(id, SOURCE, type, clock.instant(), subject);
        nats.publish(subject, Wire.write(message), id, event.headers());
    }
}

package io.nightshift.scheduler.messaging;

import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.scheduler.request.Addresses;
import io.nightshift.scheduler.request.RefusedRequestException;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears what people ask of workers, and says so where there is no such worker. Said twice, it is kept once. */
@ApplicationScoped
class WorkerOrders {
    private final Fleet fleet;
    private final NatsClient nats;

    WorkerOrders(Fleet fleet, NatsClient nats) {
        this.fleet = fleet;
        this.nats = nats;
    }

    @Incoming("worker-orders")
    @Blocking
    void heard(byte[] body, NatsMessageMetadata message) {
        try {
            Addresses.requireHeard(fleet, message.subject());
        } catch (RefusedRequestException e) {
            var rejected =
                    Rejected.unkept(message.subject(), String.valueOf(e.getMessage()), message.timestamp(), body);
            nats.publish(
                    Subjects.REJECTED,
                    Wire.write(rejected),
                    rejected.messageId(),
                    Map.of("content-type", "application/json"));
        }
    }
}

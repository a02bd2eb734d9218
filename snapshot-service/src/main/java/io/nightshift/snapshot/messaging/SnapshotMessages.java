package io.nightshift.snapshot.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.StartNight;
import io.nightshift.nats.DeadLetterException;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.nats.RetryLaterException;
import io.nightshift.snapshot.ServedHost;
import io.nightshift.snapshot.SnapshotException;
import io.nightshift.snapshot.SnapshotKeeper;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What others ask of this host. Each message may come twice: {@link SnapshotKeeper} sees what is done already. */
@ApplicationScoped
class SnapshotMessages {
    private static final Duration AGAIN = Duration.ofMinutes(2);

    private final SnapshotKeeper keeper;
    private final ServedHost host;

    SnapshotMessages(SnapshotKeeper keeper, ServedHost host) {
        this.keeper = keeper;
        this.host = host;
    }

    @Incoming("snapshot-night")
    @Blocking
    void start(byte[] body, NatsMessageMetadata message) throws InterruptedException {
        StartNight start = read(body, StartNight.class);
        if (host.isMeant(start) && !host.slots().isAhead(start, message.timestamp())) { // which the scheduler refuses
            keeper.start(start.resolve(message.timestamp(), host.zone()), message.timestamp());
        }
    }

    @Incoming("snapshot-release")
    @Blocking
    void release(byte[] body) throws InterruptedException {
        try {
            keeper.released(read(body, SnapshotEvent.Release.class).night());
        } catch (SnapshotException e) {
            throw new RetryLaterException(AGAIN, "not released: " + e.reason(), e);
        }
    }

    private static <T> T read(byte[] body, Class<T> type) {
        try {
            return Wire.read(body, type);
        } catch (MalformedMessageException e) {
            throw new DeadLetterException(String.valueOf(e.getMessage()), e);
        }
    }
}

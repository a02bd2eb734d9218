package io.nightshift.nats;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** The pullers of a channel, and the stream of messages that they make. */
final class IncomingChannel {
    private static final Logger LOG = Logger.getLogger(IncomingChannel.class);

    private final NatsClient client;
    private final List<IncomingSettings> consumers;
    private final ScheduledExecutorService heartbeats;
    private final List<Puller> pullers = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;
    private volatile boolean abandoned;

    IncomingChannel(NatsClient client, List<IncomingSettings> consumers, ScheduledExecutorService heartbeats) {
        this.client = client;
        this.consumers = List.copyOf(consumers);
        this.heartbeats = heartbeats;
    }

    /** Never holds more messages than there are pullers, so the buffer needs no limit. */
    Multi<Message<byte[]>> messages() {
        return Multi.createFrom().<Message<byte[]>>emitter(emitter -> start(emitter), BackPressureStrategy.BUFFER);
    }

    private void start(MultiEmitter<? super Message<byte[]>> emitter) {
        emitter.onTermination(this::abandon);
        for (IncomingSettings settings : consumers) {
            for (int number = 1; number <= settings.pullers(); number++) {
                Puller puller = new Puller(
                        settings, source(settings), number, heartbeats, delivery -> emitter.emit(delivery.toMessage()));
                pullers.add(puller);
                puller.start();
            }
        }
    }

    private Source source(IncomingSettings settings) {
        return switch (settings.mode()) {
            case WORK -> new WorkSource(client, settings);
            case ORDERED -> new OrderedSource(client, settings);
            case CORE -> new CoreSource(client, settings);
        };
    }

    /** The framework gives a channel up when a failure passes through it, and never comes back. */
    private void abandon() {
        if (!stopping) {
            abandoned = true;
            LOG.errorf("the application has given up the channel, it is read no more: channel=%s", name());
            pullers.forEach(Puller::stop);
        }
    }

    private String name() {
        return consumers.get(0).channel();
    }

    /** Why messages cannot come at the moment. */
    Optional<String> problem() {
        if (abandoned) {
            return Optional.of(name() + ": given up by the application after a failure, restart it");
        }
        return pullers.stream().flatMap(puller -> puller.problem().stream()).findFirst();
    }

    void stopPulling() {
        stopping = true;
        pullers.parallelStream().forEach(Puller::stop);
    }

    /** Waits for handlers that hold a message. */
    void awaitEnd(long deadlineNanos) throws InterruptedException {
        for (Puller puller : pullers) {
            if (!puller.awaitEnd(Duration.ofNanos(deadlineNanos - System.nanoTime()))) {
                puller.held()
                        .ifPresent(message -> LOG.warnf(
                                "handler still at work at the end of the drain time, its message will be delivered again:"
                                        + " channel=%s subject=%s sequence=%d",
                                name(), message.subject(), message.streamSequence()));
            }
        }
    }
}

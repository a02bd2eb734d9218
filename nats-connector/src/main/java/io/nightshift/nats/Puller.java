package io.nightshift.nats;

import io.nats.client.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** A thread that holds at most one message: it pulls the next after the server has confirmed the end of the one before. */
final class Puller {
    private static final Logger LOG = Logger.getLogger(Puller.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final IncomingSettings settings;
    private final Source source;
    private final ScheduledExecutorService heartbeats;
    private final Consumer<Delivery> downstream;
    private final FailurePolicy policy;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Optional<String> problem = Optional.empty();
    private volatile Optional<NatsMessageMetadata> held = Optional.empty();
    private int failures;

    Puller(
            IncomingSettings settings,
            Source source,
            int number,
            ScheduledExecutorService heartbeats,
            Consumer<Delivery> downstream) {
        this.settings = settings;
        this.source = source;
        this.heartbeats = heartbeats;
        this.downstream = downstream;
        this.policy = new FailurePolicy(settings.maxDeliver(), settings.backoff());
        this.thread = new Thread(this::run, "nats-" + settings.name() + "-" + number);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Why this cannot pull at the moment. */
    Optional<String> problem() {
        return problem.map(reason -> settings.name() + ": " + reason);
    }

    Optional<NatsMessageMetadata> held() {
        return held;
    }

    /** No further message is taken; the one in hand is brought to its end. */
    void stop() {
        stopping = true;
        try {
            source.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debugf(e, "puller not drained: %s", settings.name());
        }
    }

    boolean awaitEnd(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
        return !thread.isAlive();
    }

    private void run() {
        while (!stopping) {
            try {
                source.open();
                pullUntilStopped();
            } catch (InterruptedException e) {
                return;
            } catch (PullSubscription.ConnectionLost e) {
                LOG.debugf("connection lost, waiting for it: channel=%s", settings.name());
            } catch (Exception | Error e) { // a thread that ended would be missed by nobody
                failed(e);
            } finally {
                source.close();
            }
        }
        settleLast();
    }

    private void settleLast() {
        try {
            source.settle();
        } catch (InterruptedException | RuntimeException e) {
            LOG.debugf(e, "not settled at the end, delivered again: channel=%s", settings.name());
        }
    }

    private void pullUntilStopped() throws Exception {
        while (!stopping) {
            Optional<Message> message = source.next();
            works();
            if (message.isPresent()) {
                take(message.get());
            }
        }
    }

    private void take(Message message) throws InterruptedException {
        if (stopping) { // it was on its way when the stop began
            source.failed(message, NackDecision.requeue());
            return;
        }
        NatsMessageMetadata metadata = source.describe(message);
        held = Optional.of(metadata);
        long period = settings.heartbeat().toMillis();
        ScheduledFuture<?> heartbeat =
                heartbeats.scheduleAtFixedRate(() -> beat(message), period, period, TimeUnit.MILLISECONDS);
        try {
            Delivery delivery = new Delivery(message, metadata, policy);
            downstream.accept(delivery);
            delivery.settle(source);
        } finally {
            heartbeat.cancel(false);
            held = Optional.empty();
        }
    }

    /** An exception would end the schedule. */
    private void beat(Message message) {
        try {
            source.heartbeat(message);
        } catch (RuntimeException e) {
            LOG.debugf(e, "heartbeat not sent: %s", settings.name());
        }
    }

    private void works() {
        failures = 0;
        if (problem.isPresent()) {
            problem = Optional.empty();
            LOG.infof("pulls again: channel=%s", settings.name());
        }
    }

    private void failed(Throwable e) {
        if (stopping) {
            return;
        }
        Optional<String> reason = Optional.of(String.valueOf(e.getMessage()));
        if (!reason.equals(problem)) {
            LOG.warnf("cannot pull, trying again: channel=%s: %s", settings.name(), reason.get());
            LOG.debug("cannot pull", e);
        }
        problem = reason;
        pause();
    }

    private void pause() {
        long millis = FIRST_PAUSE.toMillis() << Math.min(failures++, 10);
        try {
            Thread.sleep(Math.min(millis, LONGEST_PAUSE.toMillis()));
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}

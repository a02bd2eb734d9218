package io.nightshift.notifier.service;

import io.nightshift.nats.NatsClient;
import io.nightshift.notifier.NotifierConfig;
import io.nightshift.notifier.Sender;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Has the pending messages sent, from the start to the stop of the service. */
@ApplicationScoped
class Rounds {
    private static final Logger LOG = Logger.getLogger(Rounds.class);
    private static final long PAUSE_MILLIS = 500;

    private final Sender sender;
    private final NatsClient nats;
    private final NotifierConfig config;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "notifier-rounds");
        thread.setDaemon(true);
        return thread;
    });

    Rounds(Sender sender, NatsClient nats, NotifierConfig config) {
        this.sender = sender;
        this.nats = nats;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        executor.scheduleWithFixedDelay(this::round, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        nats.onStopping(this::stop);
    }

    /** A failure must not end the rounds: what is pending stays so, and the next round tries again. */
    private void round() {
        try {
            sender.round();
        } catch (RuntimeException e) {
            LOG.warnf("messages not sent in this round: %s", e.getMessage());
        }
    }

    /** Lets a message that is being sent be marked as sent, while NATS is still there. */
    private void stop() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(config.pushover().timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

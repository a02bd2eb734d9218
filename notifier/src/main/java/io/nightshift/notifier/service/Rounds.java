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
    private static final long LAST_ROUND_SECONDS = 15;

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
        executor.scheduleWithFixedDelay(() -> guarded(sender::round), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        nats.onStopping(this::stop);
    }

    /** A failure must not end the rounds: what is pending stays so, and the next round tries again. */
    private static void guarded(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException | Error e) {
            LOG.warnf("messages not sent in this round: %s", e.getMessage());
        }
    }

    /** While NATS is still there, sends what is ready, and lets it be marked as sent. What is left, the next start sends. */
    private void stop() {
        executor.execute(() -> guarded(() -> sender.lastRound(config.gather())));
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LAST_ROUND_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

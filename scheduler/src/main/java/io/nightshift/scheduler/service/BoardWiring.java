package io.nightshift.scheduler.service;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.nats.NatsException;
import io.nightshift.scheduler.ask.Asking;
import io.nightshift.scheduler.ask.Looking;
import io.nightshift.scheduler.ask.Outbox;
import io.nightshift.scheduler.ask.Questions;
import io.nightshift.scheduler.ask.Restoring;
import io.nightshift.scheduler.state.Board;
import io.nightshift.scheduler.state.History;
import io.nightshift.scheduler.state.Overview;
import io.nightshift.scheduler.state.Remembering;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The parts behind page and API, and the thread that completes what they show. */
@Singleton
class BoardWiring {
    private static final Logger LOG = Logger.getLogger(BoardWiring.class);
    private static final int SECONDS_BETWEEN_LOOKS = 5;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "remembering");
        thread.setDaemon(true);
        return thread;
    });

    @Produces
    @Singleton
    Board board(Fleet fleet) {
        return new Board(fleet);
    }

    @Produces
    @Singleton
    Overview overview(Fleet fleet, Board board, InstantSource clock) {
        return new Overview(fleet, board, clock);
    }

    @Produces
    @Singleton
    Asking asking(Fleet fleet, Outbox outbox) {
        return new Asking(fleet, outbox);
    }

    @Produces
    @Singleton
    Looking looking(Fleet fleet, Questions questions) {
        return new Looking(fleet, questions);
    }

    @Produces
    @Singleton
    Restoring restoring(Fleet fleet, Outbox outbox, Looking looking, Board board, InstantSource clock) {
        return new Restoring(fleet, outbox, looking, board.restores(), clock);
    }

    void start(@Observes StartupEvent event, Board board, History history) {
        var remembering = new Remembering(board, history);
        executor.scheduleWithFixedDelay(() -> look(remembering), 1, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        executor.shutdownNow();
    }

    private static void look(Remembering remembering) {
        try {
            remembering.look();
        } catch (NatsException e) {
            LOG.debugf("older states are read later: %s", e.getMessage());
        } catch (RuntimeException | Error e) { // or the executor would never look again
            LOG.error("older states not read, tried again", e);
        }
    }
}

package io.nightshift.worker;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The jobs in hand. Thread-safe. */
@ApplicationScoped
public class Runs {
    public static final Failure STOPPED = Failure.of(
            Cause.STOPPED,
            "the worker was stopped while it ran",
            "nothing: another worker, or this one, runs it again");

    private final Set<Run> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    public Run begin() {
        var run = new Run();
        running.add(run);
        if (stopping) {
            run.interrupt(STOPPED);
        }
        return run;
    }

    public void end(Run run) {
        running.remove(run);
        run.end();
    }

    /** How many there are. */
    public int count() {
        return running.size();
    }

    /** Lets the jobs run on for the grace, then interrupts those that are left. Does not wait for them. */
    public void stop(Duration grace) {
        var late = CompletableFuture.delayedExecutor(grace.toMillis(), TimeUnit.MILLISECONDS);
        late.execute(() -> {
            stopping = true;
            interruptAll(STOPPED);
        });
    }

    void interruptAll(Failure why) {
        running.forEach(run -> run.interrupt(why));
    }
}

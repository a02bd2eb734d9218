package io.nightshift.worker.restic;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Ends a run that gets nowhere, by interrupting the thread that waits for it: one that never got an answer, for restic
 * retries a refused key, and a dead server, for a quarter of an hour; and one whose numbers stand still, for restic goes on
 * to print them once a second.
 */
final class Watch implements AutoCloseable {
    enum Why {
        NO_CONTACT,
        STALLED
    }

    private static final String RETRYING = "retrying after";

    private final AtomicReference<Thread> caller;
    private final long contactNanos;
    private volatile Optional<Why> why = Optional.empty();
    private volatile boolean heard;
    private volatile long moved = System.nanoTime();
    private long firstComplaint;
    private Object position = "";

    Watch(Thread caller, Duration contactLimit) {
        this.caller = new AtomicReference<>(caller);
        this.contactNanos = contactLimit.toNanos();
    }

    /** From now on the position must change within the limit. */
    void requireMovement(Duration limit) {
        moved = System.nanoTime();
        long pollMillis = Math.max(10, Math.min(10_000, limit.toMillis() / 4));
        look(limit.toNanos(), CompletableFuture.delayedExecutor(pollMillis, TimeUnit.MILLISECONDS));
    }

    private void look(long limitNanos, Executor later) {
        if (caller.get() == null) {
            return;
        }
        if (System.nanoTime() - moved > limitNanos) {
            end(Why.STALLED);
        } else {
            later.execute(() -> look(limitNanos, later));
        }
    }

    /** @param where how far it is, once the line is read */
    Consumer<String> heard(Consumer<String> next, Supplier<?> where) {
        return line -> {
            heard = true;
            next.accept(line);
            Object now = where.get();
            if (!now.equals(position)) {
                position = now;
                moved = System.nanoTime();
            }
        };
    }

    Consumer<String> complained(Consumer<String> next) {
        return line -> {
            next.accept(line);
            if (!heard && line.contains(RETRYING)) {
                complaint(System.nanoTime());
            }
        };
    }

    private void complaint(long now) {
        if (firstComplaint == 0) {
            firstComplaint = now;
        } else if (now - firstComplaint > contactNanos) {
            end(Why.NO_CONTACT);
        }
    }

    private void end(Why reason) {
        var thread = caller.getAndSet(null);
        if (thread != null) {
            why = Optional.of(reason);
            thread.interrupt();
        }
    }

    Optional<Why> why() {
        return why;
    }

    /** An interruption of ours that came after the end is taken back. */
    @Override
    public void close() {
        if (caller.getAndSet(null) == null) {
            Thread.interrupted();
        }
    }
}

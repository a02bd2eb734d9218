package io.nightshift.scheduler;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does the same for many things that do not depend on each other, some at once: most of each is waiting for the bus. They are begun in
 * order. Safe for use by many threads; a deed must not use it again, or all threads could wait for one that is free.
 */
public final class Together {
    private static final int IDLE_SECONDS = 10;

    private final int helpers;
    private final Executor executor;

    private Together(int helpers, Executor executor) {
        this.helpers = helpers;
        this.executor = executor;
    }

    public static Together oneAfterTheOther() {
        return new Together(0, Runnable::run);
    }

    /** The thread that calls is one of them; the others end when there is nothing to do. */
    public static Together atOnce(int number) {
        var threads = new ThreadPoolExecutor(
                number - 1, number - 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, "together");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return new Together(number - 1, threads);
    }

    /**
     * Returns when all is done, and waits for nothing that others have it do. After a failure nothing more is begun, and it is thrown when what was begun has ended.
     *
     * @param deed for each, once
     */
    public <T> void forEach(Collection<T> things, Consumer<T> deed) {
        var left = new ConcurrentLinkedQueue<>(things);
        var failures = new ConcurrentLinkedQueue<RuntimeException>();
        Runnable share = () -> {
            for (var thing = left.poll(); thing != null && failures.isEmpty(); thing = left.poll()) {
                try {
                    deed.accept(thing);
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }
        };
        // Helpers who have come. Those who are still busy elsewhere would find nothing left, and are not waited for.
        var atIt = new Phaser(1);
        for (int i = 0; i < Math.min(helpers, things.size() - 1); i++) {
            executor.execute(() -> {
                atIt.register();
                try {
                    share.run();
                } finally {
                    atIt.arriveAndDeregister();
                }
            });
        }
        share.run();
        atIt.arriveAndAwaitAdvance();
        var first = failures.poll();
        if (first != null) {
            throw first;
        }
    }
}

package io.nightshift.process;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A consumer that may throw, kept from stopping the one who calls it: the first throwable is kept, later lines are dropped. */
final class Guarded implements Consumer<String> {

    private final Consumer<String> consumer;
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();

    Guarded(Consumer<String> consumer) {
        this.consumer = consumer;
    }

    @Override
    @SuppressWarnings("CatchAndPrintStackTrace") // nothing is printed: rethrown by rethrow()
    public void accept(String line) {
        if (thrown.get() != null) {
            return;
        }
        try {
            consumer.accept(line);
        } catch (RuntimeException | Error e) {
            thrown.set(e);
        }
    }

    void rethrow() {
        Throwable throwable = thrown.get();
        if (throwable instanceof Error error) {
            throw error;
        }
        if (throwable instanceof RuntimeException exception) {
            throw exception;
        }
    }
}

package io.nightshift.scheduler.messaging;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Key-value buckets, whose troubles are all the same to a ledger. */
final class LedgerBuckets {
    /** Source: nats-server errors.json, JSStreamWrongLastSequenceErrF. */
    private static final int WRONG_LAST_SEQUENCE = 10071;

    private static final int LOAD_SECONDS = 60;
    private static final int MAX_TRIES = 20;

    private final NatsClient nats;

    LedgerBuckets(NatsClient nats) {
        this.nats = nats;
    }

    /** @return its revision; empty: it was there before */
    Optional<Long> create(String bucket, String key, byte[] value) {
        return ask(() -> unlessOvertaken(() -> nats.keyValue(bucket).create(key, value)));
    }

    /** @return its revision now; empty: the given one is not the last */
    Optional<Long> update(String bucket, String key, byte[] value, long revision) {
        return ask(() -> unlessOvertaken(() -> nats.keyValue(bucket).update(key, value, revision)));
    }

    /** @return its revision */
    long put(String bucket, String key, byte[] value) {
        return ask(() -> nats.keyValue(bucket).put(key, value));
    }

    void delete(String bucket, String key) {
        ask(() -> {
            nats.keyValue(bucket).delete(key);
            return true;
        });
    }

    Optional<byte[]> get(String bucket, String key) {
        return ask(() -> value(nats.keyValue(bucket).get(key)));
    }

    /** Changes a value, whoever else changes it at the same time. */
    void change(String bucket, String key, Function<Optional<byte[]>, byte[]> change) {
        for (int i = 0; i < MAX_TRIES; i++) {
            if (ask(() -> unlessOvertaken(() -> change(nats.keyValue(bucket), key, change)))
                    .isPresent()) {
                return;
            }
        }
        throw new NatsException(key + " of bucket " + bucket + " is changed by others all the while", null);
    }

    private static long change(KeyValue bucket, String key, Function<Optional<byte[]>, byte[]> change)
            throws IOException, JetStreamApiException {
        var entry = bucket.get(key);
        return bucket.update(key, change.apply(value(entry)), entry == null ? 0 : entry.getRevision());
    }

    /**
     * Reads all that is there, and from then on what comes.
     *
     * @param own what comes is left out where these are newer
     */
    NatsKeyValueWatchSubscription watch(
            String bucket, OwnWrites own, Consumer<KeyValueEntry> put, Consumer<String> deleted) {
        var end = new CountDownLatch(1);
        var watcher = new KeyValueWatcher() {
            @Override
            public void watch(KeyValueEntry entry) {
                if (own.areNewerThan(bucket, entry.getKey(), entry.getRevision())) {
                    return;
                }
                if (entry.getOperation() == KeyValueOperation.PUT) {
                    put.accept(entry);
                } else {
                    deleted.accept(entry.getKey());
                }
            }

            @Override
            public void endOfData() {
                end.countDown();
            }
        };
        var watch = ask(() -> nats.keyValue(bucket).watchAll(watcher));
        if (!ask(() -> end.await(LOAD_SECONDS, TimeUnit.SECONDS))) {
            throw new NatsException("bucket " + bucket + " was not read within " + LOAD_SECONDS + " s", null);
        }
        return watch;
    }

    private static Optional<byte[]> value(@Nullable KeyValueEntry entry) {
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.getValue());
    }

    private interface Write {
        long revision() throws IOException, JetStreamApiException;
    }

    private static Optional<Long> unlessOvertaken(Write write) throws IOException, JetStreamApiException {
        try {
            return Optional.of(write.revision());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private interface Question<T> {
        T ask() throws IOException, JetStreamApiException, InterruptedException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException("the ledger could not be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NatsException("interrupted while asking the ledger", e);
        }
    }
}

package io.nightshift.nats;

import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Settings of streams and buckets in the client library's terms. Pure functions. */
final class StreamSetup {
    /** The server refuses a duplicate window longer than the life of the messages. Its default is 2 minutes. */
    private static final Duration DEFAULT_DUPLICATE_WINDOW = Duration.ofMinutes(2);

    private StreamSetup() {}

    static StreamConfiguration create(String name, NatsConfig.Stream wanted) {
        StreamConfiguration.Builder stream = StreamConfiguration.builder().name(name);
        wanted.maxAge()
                .filter(age -> age.compareTo(DEFAULT_DUPLICATE_WINDOW) < 0)
                .ifPresent(stream::duplicateWindow);
        return apply(wanted, stream);
    }

    /** What the stream should become: the wanted settings, and all others as they are. */
    static StreamConfiguration change(StreamConfiguration existing, NatsConfig.Stream wanted) {
        return apply(wanted, StreamConfiguration.builder(existing));
    }

    private static StreamConfiguration apply(NatsConfig.Stream wanted, StreamConfiguration.Builder stream) {
        stream.subjects(wanted.subjects());
        wanted.retention().ifPresent(retention -> stream.retentionPolicy(retention(retention)));
        wanted.maxAge().ifPresent(stream::maxAge);
        wanted.maxBytes().ifPresent(size -> stream.maxBytes(size.asLongValue()));
        wanted.maxMessagesPerSubject().ifPresent(stream::maxMessagesPerSubject);
        wanted.maxMessageSize().ifPresent(size -> stream.maximumMessageSize(Math.toIntExact(size.asLongValue())));
        wanted.duplicateWindow().ifPresent(stream::duplicateWindow);
        wanted.discard().ifPresent(discard -> stream.discardPolicy(discard(discard)));
        wanted.storage().ifPresent(storage -> stream.storageType(storage(storage)));
        wanted.replicas().ifPresent(stream::replicas);
        wanted.allowDirect().ifPresent(stream::allowDirect);
        wanted.description().ifPresent(stream::description);
        return stream.build();
    }

    static KeyValueConfiguration create(String name, NatsConfig.Bucket wanted) {
        return apply(wanted, KeyValueConfiguration.builder(name));
    }

    static KeyValueConfiguration change(KeyValueConfiguration existing, NatsConfig.Bucket wanted) {
        return apply(wanted, KeyValueConfiguration.builder(existing));
    }

    private static KeyValueConfiguration apply(NatsConfig.Bucket wanted, KeyValueConfiguration.Builder bucket) {
        wanted.ttl().ifPresent(bucket::ttl);
        wanted.history().ifPresent(bucket::maxHistoryPerKey);
        wanted.maxValueSize().ifPresent(size -> bucket.maximumValueSize(Math.toIntExact(size.asLongValue())));
        wanted.maxBytes().ifPresent(size -> bucket.maxBucketSize(size.asLongValue()));
        wanted.storage().ifPresent(storage -> bucket.storageType(storage(storage)));
        wanted.replicas().ifPresent(bucket::replicas);
        wanted.description().ifPresent(bucket::description);
        return bucket.build();
    }

    /** The settings that differ, as {@code name: old -> new}, by the server's names; empty if nothing does. */
    static List<String> differences(StreamConfiguration existing, StreamConfiguration wanted) {
        var before = new JsonObject(existing.toJson());
        var after = new JsonObject(wanted.toJson());
        var names = new TreeSet<>(before.fieldNames());
        names.addAll(after.fieldNames());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            Object old = before.getValue(name);
            Object now = after.getValue(name);
            if (!Objects.equals(old, now)) {
                differences.add(name + ": " + old + " -> " + now);
            }
        }
        return differences;
    }

    private static RetentionPolicy retention(NatsConfig.Retention retention) {
        return switch (retention) {
            case LIMITS -> RetentionPolicy.Limits;
            case WORK_QUEUE -> RetentionPolicy.WorkQueue;
            case INTEREST -> RetentionPolicy.Interest;
        };
    }

    private static DiscardPolicy discard(NatsConfig.Discard discard) {
        return switch (discard) {
            case OLD -> DiscardPolicy.Old;
            case NEW -> DiscardPolicy.New;
        };
    }

    private static StorageType storage(NatsConfig.Storage storage) {
        return switch (storage) {
            case FILE -> StorageType.File;
            case MEMORY -> StorageType.Memory;
        };
    }
}

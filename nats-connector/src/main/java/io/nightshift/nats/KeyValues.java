package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.KeyValue;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The buckets of a connection, each opened once: the library asks the server about a bucket whenever it opens it. Thread-safe. */
final class KeyValues {
    private record Opened(Connection connection, Map<String, KeyValue> buckets) {}

    private volatile Optional<Opened> newest = Optional.empty();

    KeyValue open(Connection connection, String bucket) throws IOException {
        var buckets = of(connection);
        var known = buckets.get(bucket);
        if (known != null) {
            return known;
        }
        var opened = connection.keyValue(bucket);
        buckets.put(bucket, opened);
        return opened;
    }

    private Map<String, KeyValue> of(Connection connection) {
        var known = newest.filter(opened -> opened.connection() == connection);
        var current = known.orElseGet(() -> new Opened(connection, new ConcurrentHashMap<>()));
        newest = Optional.of(current);
        return current.buckets();
    }
}

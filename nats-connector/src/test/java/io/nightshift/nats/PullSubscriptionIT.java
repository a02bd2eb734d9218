package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.nats.testing.NatsServer;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PullSubscriptionIT {
    private static final int MANY = 30;

    /** jnats takes a connection for dead that has more pings on their way than it allows, and each drain sends one. */
    @Test
    void many_that_drain_at_once_leave_the_connection_alone() throws Exception {
        var threads = Executors.newFixedThreadPool(MANY);
        try (var server = NatsServer.start("");
                var bench = Bench.connect(server)) {
            var connection = bench.nats();
            Stream<Callable<Void>> drains = IntStream.range(0, MANY)
                    .mapToObj(i -> new PullSubscription(connection, "NONE", "none", 1))
                    .map(pull -> () -> {
                        pull.drain();
                        return null;
                    });
            for (var drained : threads.invokeAll(drains.toList())) {
                drained.get();
            }
            assertThat(connection.getStatistics().getReconnects()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }
}

package io.nightshift.nats;

import io.nats.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A question with one answer. */
final class Requests {
    /** The library gives up later than this, so that who waits sees which of the two it was. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private Requests() {}

    static Optional<byte[]> ask(Connection connection, String subject, byte[] body, Duration limit)
            throws IOException, InterruptedException {
        var answer = connection.requestWithTimeout(subject, body, limit.plus(MARGIN));
        try {
            return Optional.of(
                    answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).getData());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Optional.empty();
        } catch (CancellationException e) { // how the library tells of the server's status 503
            throw new NobodyListensException(subject, e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }
}

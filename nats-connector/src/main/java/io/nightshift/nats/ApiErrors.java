package io.nightshift.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.Optional;

/** What JetStream's error answers mean. Numbers: nats-server 2.10, server/errors.json. */
final class ApiErrors {
    static final int CONSUMER_DELIVER_POLICY_FIXED = 10012;
    private static final int CONSUMER_NOT_FOUND = 10014;
    private static final int MESSAGE_NOT_FOUND = 10037;
    private static final int STREAM_NOT_FOUND = 10059;

    private ApiErrors() {}

    interface Lookup<T> {
        T get() throws IOException, JetStreamApiException;
    }

    /** Empty where the answer is that the stream, consumer or message does not exist. */
    static <T> Optional<T> ifPresent(Lookup<T> lookup) throws IOException, JetStreamApiException {
        try {
            return Optional.of(lookup.get());
        } catch (JetStreamApiException e) {
            if (missing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static boolean missing(JetStreamApiException e) {
        int code = e.getApiErrorCode();
        return code == STREAM_NOT_FOUND || code == CONSUMER_NOT_FOUND || code == MESSAGE_NOT_FOUND;
    }

    static boolean streamMissing(JetStreamApiException e) {
        return e.getApiErrorCode() == STREAM_NOT_FOUND;
    }

    /** The server is starting, electing a leader or out of reach: asking again will help. */
    static boolean passing(JetStreamApiException e) {
        return e.getErrorCode() == 503;
    }
}

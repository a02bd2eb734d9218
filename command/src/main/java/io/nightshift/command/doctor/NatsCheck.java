package io.nightshift.command.doctor;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nightshift.command.Surroundings;
import io.nightshift.nats.ConnectionOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Whether NATS answers, takes the user of this shell's NATS_* variables, and lets it see the streams. */
record NatsCheck(Surroundings around) implements Check {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String STREAM = "BACKUP_STATUS";
    private static final String SETTINGS = "set NATS_SERVERS and the user's file as the services have them";

    @Override
    public List<Finding> look() throws InterruptedException {
        try {
            var options = ConnectionOptions.of(around.environment())
                    .connectionTimeout(LIMIT)
                    .maxReconnects(0)
                    .connectionName("doctor")
                    .errorListener(new ErrorListener() {})
                    .build();
            try (var connection = Nats.connect(options)) {
                return List.of(streams(connection, options));
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return List.of(refused(e));
        }
    }

    private static Finding streams(Connection connection, Options options) throws InterruptedException {
        var where = "answers at " + connection.getConnectedUrl() + (options.getSslContext() == null ? "" : ", by TLS");
        try {
            connection.jetStreamManagement().getStreamInfo(STREAM);
            return Finding.ok("NATS", where + ", and its streams are there");
        } catch (IOException e) {
            return Finding.warn(
                    "NATS",
                    where + ", but did not tell of stream " + STREAM + ": " + e.getMessage(),
                    "this user may not see it (see deploy/nats/roles), or JetStream is off in nats-server");
        } catch (io.nats.client.JetStreamApiException e) {
            return Finding.bad(
                    "NATS",
                    where + ", without stream " + STREAM,
                    "start the scheduler, which makes it; is this the right server?");
        }
    }

    private static Finding refused(Exception e) {
        var words = String.valueOf(e.getMessage());
        return words.contains("Authorization") || words.contains("uthentication")
                ? Finding.bad(
                        "NATS",
                        "does not let this user in: " + words,
                        "see NATS_USER, NATS_PASSWORD_FILE or the user's file")
                : Finding.bad("NATS", "cannot be reached: " + words, "see whether nats-server runs; " + SETTINGS);
    }
}

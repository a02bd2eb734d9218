package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.KeyValueManagement;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Brings the configured streams and buckets into being. Doing it twice changes nothing. */
final class Provisioning {
    private static final Logger LOG = Logger.getLogger(Provisioning.class);

    private final NatsConfig config;

    Provisioning(NatsConfig config) {
        this.config = config;
    }

    /**
     * Creates or updates each stream and bucket, or checks that it is there. A setting that the server refuses for good is an
     * error in the log, and the others go on.
     *
     * @throws IOException if the server did not answer, or something is missing that this client may not create
     */
    synchronized void apply(Connection connection) throws IOException {
        for (var stream : config.streams().entrySet()) {
            guarded("stream " + stream.getKey(), () -> stream(connection, stream.getKey(), stream.getValue()));
        }
        for (var bucket : config.keyValue().entrySet()) {
            guarded("bucket " + bucket.getKey(), () -> bucket(connection, bucket.getKey(), bucket.getValue()));
        }
    }

    private interface Step {
        void run() throws IOException, JetStreamApiException;
    }

    private static void guarded(String what, Step step) throws IOException {
        try {
            step.run();
        } catch (JetStreamApiException e) {
            if (ApiErrors.passing(e)) {
                throw new IOException(what + ": " + e.getMessage(), e);
            }
            LOG.errorf("%s could not be set up: %s", what, e.getMessage());
        }
    }

    private void stream(Connection connection, String name, NatsConfig.Stream wanted)
            throws IOException, JetStreamApiException {
        JetStreamManagement management = connection.jetStreamManagement();
        Optional<StreamConfiguration> existing =
                ApiErrors.ifPresent(() -> management.getStreamInfo(name).getConfiguration());
        if (existing.isEmpty()) {
            require("stream", name);
            management.addStream(StreamSetup.create(name, wanted));
            LOG.infof("stream created: name=%s", name);
        } else if (config.manage()) {
            StreamConfiguration target = StreamSetup.change(existing.get(), wanted);
            List<String> differences = StreamSetup.differences(existing.get(), target);
            update("stream", name, differences, () -> management.updateStream(target));
        }
    }

    private void bucket(Connection connection, String name, NatsConfig.Bucket wanted)
            throws IOException, JetStreamApiException {
        KeyValueManagement management = connection.keyValueManagement();
        Optional<KeyValueConfiguration> existing =
                ApiErrors.ifPresent(() -> management.getStatus(name).getConfiguration());
        if (existing.isEmpty()) {
            require("bucket", name);
            management.create(StreamSetup.create(name, wanted));
            LOG.infof("bucket created: name=%s", name);
        } else if (config.manage()) {
            KeyValueConfiguration target = StreamSetup.change(existing.get(), wanted);
            List<String> differences =
                    StreamSetup.differences(existing.get().getBackingConfig(), target.getBackingConfig());
            update("bucket", name, differences, () -> management.update(target));
        }
    }

    private void require(String kind, String name) throws IOException {
        if (!config.manage()) {
            throw new IOException(
                    kind + " " + name + " is missing, and nats.manage=false leaves its creation to others");
        }
    }

    private static void update(String kind, String name, List<String> differences, Step step) throws IOException {
        if (differences.isEmpty()) {
            return;
        }
        try {
            step.run();
            LOG.infof("%s updated: name=%s %s", kind, name, differences);
        } catch (JetStreamApiException e) {
            if (ApiErrors.passing(e)) {
                throw new IOException(kind + " " + name + ": " + e.getMessage(), e);
            }
            String stream = "bucket".equals(kind) ? "KV_" + name : name;
            LOG.errorf(
                    "%s %s keeps its old settings, the server refuses the change %s: %s. Set the old values again, or delete it"
                            + " with its messages (nats stream rm %s) and restart",
                    kind, name, differences, e.getMessage(), stream);
        }
    }
}

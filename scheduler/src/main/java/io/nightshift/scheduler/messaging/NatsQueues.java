package io.nightshift.scheduler.messaging;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import io.nightshift.contract.Subjects;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsException;
import io.nightshift.scheduler.metrics.Queues;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The consumers of BACKUP_JOBS, each of which is that of a host and destination. */
@ApplicationScoped
class NatsQueues implements Queues {
    private static final Logger LOG = Logger.getLogger(NatsQueues.class);

    private final NatsClient nats;

    NatsQueues(NatsClient nats) {
        this.nats = nats;
    }

    @Override
    public List<Queue> look() {
        try {
            return nats.connection().jetStreamManagement().getConsumers(Subjects.JOBS_STREAM).stream()
                    .flatMap(consumer -> queue(consumer).stream())
                    .toList();
        } catch (IOException | JetStreamApiException | NatsException e) {
            LOG.debugf("how many jobs wait is not known: %s", e.getMessage());
            return List.of();
        }
    }

    /** By its filter, as a name with hyphens in it could be of more than one. */
    private static Optional<Queue> queue(ConsumerInfo consumer) {
        var configuration = consumer.getConsumerConfiguration();
        return Stream.ofNullable(configuration.getFilterSubject())
                .map(filter -> filter.split("\\.", -1))
                .filter(token -> token.length == 5 && token[3].equals("*"))
                .map(token -> new Queue(token[2], token[4], consumer.getNumPending(), consumer.getNumAckPending()))
                .findFirst();
    }
}

package io.nightshift.it.fault;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageGetRequest;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StreamInfoOptions;
import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Rejected;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** The streams of the bus, as somebody sees them who may do everything. */
final class Streams {
    private static final List<String> NAMES =
            List.of(Subjects.EVENTS_STREAM, Subjects.REQUESTS_STREAM, Subjects.JOBS_STREAM, Subjects.STATUS_STREAM);
    /** Scheduler 4, snapshot-service 2, worker 2, notifier 2: all that must be there before a night is heard by everybody. */
    private static final int CONSUMERS = 10;

    /** The bus may be flooded. */
    private static final JetStreamOptions PATIENT =
            JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(60)).build();

    private final Connection nats;

    Streams(Connection nats) {
        this.nats = nats;
    }

    /** Asks for a night, as a person does. */
    NightId startNight() throws IOException, JetStreamApiException {
        var ack = nats.jetStream(PATIENT).publish(Subjects.NIGHT_START, "{}".getBytes());
        return night(Subjects.EVENTS_STREAM, ack);
    }

    private NightId night(String stream, PublishAck ack) throws IOException, JetStreamApiException {
        var stored = nats.jetStreamManagement().getMessage(stream, ack.getSeqno());
        return NightId.manual(stored.getTime().toInstant(), ZoneOffset.UTC);
    }

    /** Asks for upkeep of a repository. */
    JobId request(Target target, String work) throws IOException, JetStreamApiException {
        var body = "{\"work\":\"" + work + "\"}";
        var ack = nats.jetStream(PATIENT).publish("backup.request." + target.tokens(), body.getBytes());
        return new JobId(night(Subjects.REQUESTS_STREAM, ack), target, Work.of(work));
    }

    /** After the store was lost: until the services have made their streams and consumers anew. */
    void awaitConsumers() {
        Awaitility.await("the consumers to be made anew")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> consumers().size() == CONSUMERS);
    }

    private List<ConsumerInfo> consumers() throws IOException, JetStreamApiException {
        var all = new ArrayList<ConsumerInfo>();
        for (var stream : NAMES) {
            nats.jetStreamManagement().getConsumers(stream).stream()
                    .filter(consumer -> consumer.getConsumerConfiguration().getDurable() != null)
                    .forEach(all::add);
        }
        return all;
    }

    /** Whether every message has been read and answered. */
    boolean isCalm() throws IOException, JetStreamApiException {
        return consumers().stream()
                .allMatch(consumer -> consumer.getNumPending() == 0 && consumer.getNumAckPending() == 0);
    }

    Rejected lastRejected() throws IOException, JetStreamApiException {
        var message = nats.jetStreamManagement()
                .getMessage(Subjects.EVENTS_STREAM, MessageGetRequest.lastForSubject(Subjects.REJECTED));
        return Wire.read(message.getData(), Rejected.class);
    }

    long rejections() throws IOException, JetStreamApiException {
        return nats.jetStreamManagement()
                .getStreamInfo(Subjects.EVENTS_STREAM, StreamInfoOptions.filterSubjects(Subjects.REJECTED))
                .getStreamState()
                .getSubjectMap()
                .get(Subjects.REJECTED);
    }
}

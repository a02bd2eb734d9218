package io.nightshift.notifier.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.nats.DeadLetterException;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.notifier.Finding;
import io.nightshift.notifier.Findings;
import io.nightshift.notifier.Notifier;
import io.nightshift.telemetry.log.JobLine;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Reads events and hands their findings on. What cannot be understood goes to {@code backup.rejected}, which is read here too;
 * only what stands there already is never rejected again.
 */
@ApplicationScoped
class Events {
    private static final String ALERTS = "backup.alert.";
    private static final String RESTORED = "backup.restored.";

    private final Notifier notifier;

    Events(Notifier notifier) {
        this.notifier = notifier;
    }

    @Incoming("notifier-statuses")
    @Blocking
    CompletionStage<Void> status(Message<byte[]> message) {
        try (var line = new JobLine()) {
            return settle(message, (body, metadata) -> status(body, metadata, line));
        }
    }

    @Incoming("notifier-events")
    @Blocking
    CompletionStage<Void> event(Message<byte[]> message) {
        return settle(message, Events::event);
    }

    private interface Reading {
        /** @throws MalformedMessageException if it cannot be understood */
        List<Finding> read(byte[] body, NatsMessageMetadata metadata);
    }

    /** Acknowledged when its findings are kept; not, and so delivered again, while they cannot be. */
    private CompletionStage<Void> settle(Message<byte[]> message, Reading reading) {
        try {
            var metadata = message.getMetadata(NatsMessageMetadata.class).orElseThrow();
            reading.read(message.getPayload(), metadata).forEach(notifier::handle);
            return message.ack();
        } catch (MalformedMessageException e) {
            return message.nack(new DeadLetterException(String.valueOf(e.getMessage()), e));
        } catch (RuntimeException e) {
            return message.nack(e);
        }
    }

    private static List<Finding> status(byte[] body, NatsMessageMetadata metadata, JobLine line) {
        return metadata.subject().startsWith(RESTORED) ? restored(body, metadata) : job(body, metadata, line);
    }

    private static List<Finding> restored(byte[] body, NatsMessageMetadata metadata) {
        var status = Wire.read(body, RestoreStatus.class);
        Subjects.requireOwn(status.subject(), metadata.subject());
        return Findings.of(status, metadata.timestamp());
    }

    private static List<Finding> job(byte[] body, NatsMessageMetadata metadata, JobLine line) {
        var status = Wire.read(body, JobStatus.class);
        Subjects.requireOwn(status.subject(), metadata.subject());
        line.about(status.job());
        return Findings.of(status, metadata.timestamp());
    }

    private static List<Finding> event(byte[] body, NatsMessageMetadata metadata) {
        if (metadata.subject().equals(Subjects.REJECTED)) {
            return rejection(body, metadata);
        }
        return metadata.subject().startsWith(ALERTS) ? alert(body, metadata) : snapshot(body, metadata);
    }

    private static List<Finding> alert(byte[] body, NatsMessageMetadata metadata) {
        var alert = Wire.read(body, Alert.class);
        Subjects.requireOwn(alert.subject(), metadata.subject());
        return Findings.of(alert, metadata.timestamp());
    }

    private static List<Finding> snapshot(byte[] body, NatsMessageMetadata metadata) {
        var event = Wire.read(body, SnapshotEvent.class);
        Subjects.requireOwn(event.subject(), metadata.subject());
        return Findings.of(event, metadata.timestamp());
    }

    private static List<Finding> rejection(byte[] body, NatsMessageMetadata metadata) {
        try {
            return Findings.of(Wire.read(body, Rejected.class), metadata.timestamp());
        } catch (MalformedMessageException e) {
            return Findings.unreadableRejection(String.valueOf(e.getMessage()), metadata.timestamp());
        }
    }
}

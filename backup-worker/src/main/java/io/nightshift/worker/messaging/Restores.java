package io.nightshift.worker.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Names;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.RestoreCancel;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.Service;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.worker.RetryLater;
import io.nightshift.worker.Runs;
import io.nightshift.worker.WorkerConfig;
import io.nightshift.worker.restore.Restore;
import io.nightshift.worker.restore.RunRestore;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Restores have pullers of their own, so they wait for no backup. One may come twice: {@link RunRestore} sees that. */
@ApplicationScoped
class Restores {
    private static final Logger LOG = Logger.getLogger(Restores.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final RunRestore runRestore;
    private final NatsClient nats;
    private final Fleet fleet;

    /** A worker that has had no job yet has nobody else to tell it of a stop; told twice, it stops once. */
    Restores(RunRestore runRestore, Runs runs, NatsClient nats, Fleet fleet, WorkerConfig config) {
        nats.onStopping(() -> runs.stop(config.worker().stopGrace()));
        this.runRestore = runRestore;
        this.nats = nats;
        this.fleet = fleet;
    }

    @Incoming("restores")
    @Blocking(ordered = false)
    CompletionStage<Void> restore(Message<byte[]> message) {
        var metadata = message.getMetadata(NatsMessageMetadata.class).orElseThrow();
        return Settling.settle(message, () -> restore(message.getPayload(), metadata));
    }

    private Optional<RetryLater> restore(byte[] body, NatsMessageMetadata metadata) {
        var request = named(Wire.read(body, RestoreRequest.class), metadata);
        var tokens = metadata.subject().split("\\.", -1);
        if (tokens[3].equals(Names.ALL)) {
            askForEach(tokens[2], tokens[4], request);
            return Optional.empty();
        }
        var restore = new Restore(request.id().orElseThrow(), KnownTargets.of(fleet, tokens), request);
        return runRestore.run(restore, (int) metadata.delivered(), metadata.timestamp());
    }

    @Incoming("cancels")
    @Blocking(ordered = false)
    CompletionStage<Void> cancel(Message<byte[]> message) {
        var subject =
                message.getMetadata(NatsMessageMetadata.class).orElseThrow().subject();
        try {
            runRestore.cancel(
                    KnownTargets.of(fleet, subject.split("\\.", -1)),
                    Wire.read(message.getPayload(), RestoreCancel.class).id());
        } catch (MalformedMessageException e) {
            LOG.warnf("not understood: subject=%s why=%s", subject, e.getMessage());
        }
        return message.ack();
    }

    /** The same message always gets the same name. */
    private static RestoreRequest named(RestoreRequest request, NatsMessageMetadata metadata) {
        return request.id().isPresent()
                ? request
                : request.withId(NAME.format(metadata.timestamp()) + "-" + metadata.streamSequence());
    }

    /** One message for each service of the host; sent twice after a lost acknowledgement, each is still one restore. */
    private void askForEach(String host, String destination, RestoreRequest request) {
        if (!request.paths().isEmpty()
                || request.snapshot()
                        .filter(id -> !id.equals(RestoreRequest.LATEST))
                        .isPresent()) {
            throw new MalformedMessageException("'paths' and a snapshot's id are for one service, not for all", null);
        }
        for (Service service :
                Objects.requireNonNull(fleet.hosts().get(host)).services().values()) {
            var backup = service.backups().get(destination);
            if (backup != null && backup.enabled()) {
                ask(backup, request);
            }
        }
    }

    /** Each service gets a folder of its own in the one that was asked for. */
    private void ask(ServiceBackup backup, RestoreRequest request) {
        var target = backup.target();
        var own = request.folder().isPresent()
                ? request.withFolder(request.folder().get() + "/" + target.service())
                : request;
        nats.publish(
                Subjects.restore(target.host(), target.service(), target.destination()),
                Wire.write(own),
                "restore/" + target + "/" + request.id().orElseThrow(),
                Map.of("content-type", "application/json"));
    }
}

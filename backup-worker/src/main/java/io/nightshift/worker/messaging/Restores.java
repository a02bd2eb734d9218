package io.nightshift.worker.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Names;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.RestoreCancel;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.contract.fleet.Fleet;
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
import java.util.List;
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
        var restores = tokens[3].equals(Names.ALL)
                ? ofEachService(tokens[2], tokens[4], request)
                : List.of(restore(KnownTargets.of(fleet, tokens), request));
        return runRestore.run(restores, (int) metadata.delivered(), metadata.timestamp());
    }

    private static Restore restore(Target target, RestoreRequest request) {
        return new Restore(request.id().orElseThrow(), target, request);
    }

    @Incoming("cancels")
    @Blocking(ordered = false)
    CompletionStage<Void> cancel(Message<byte[]> message) {
        var metadata = message.getMetadata(NatsMessageMetadata.class).orElseThrow();
        var subject = metadata.subject();
        try {
            runRestore.cancel(
                    KnownTargets.of(fleet, subject.split("\\.", -1)),
                    Wire.read(message.getPayload(), RestoreCancel.class).id());
        } catch (MalformedMessageException e) {
            reject(Rejected.unkept(
                    subject, String.valueOf(e.getMessage()), metadata.timestamp(), message.getPayload()));
        }
        return message.ack();
    }

    private void reject(Rejected rejected) {
        LOG.warnf("not understood: subject=%s why=%s", rejected.subject(), rejected.reason());
        nats.publish(
                Subjects.REJECTED,
                Wire.write(rejected),
                rejected.messageId(),
                Map.of("content-type", "application/json"));
    }

    /** The same message always gets the same name. */
    private static RestoreRequest named(RestoreRequest request, NatsMessageMetadata metadata) {
        return request.id().isPresent()
                ? request
                : request.withId(NAME.format(metadata.timestamp()) + "-" + metadata.streamSequence());
    }

    /** What is switched off is left out. Delivered again, each that has ended is known, and not done again. */
    private List<Restore> ofEachService(String host, String destination, RestoreRequest request) {
        if (!request.paths().isEmpty()
                || request.snapshot()
                        .filter(id -> !id.equals(RestoreRequest.LATEST))
                        .isPresent()) {
            throw new MalformedMessageException("'paths' and a snapshot's id are for one service, not for all", null);
        }
        var restores = Objects.requireNonNull(fleet.hosts().get(host)).services().values().stream()
                .flatMap(service -> Optional.ofNullable(service.backups().get(destination)).stream())
                .filter(ServiceBackup::enabled)
                .map(backup -> restore(backup.target(), inFolderOfItsOwn(backup.target(), request)))
                .toList();
        if (restores.isEmpty()) {
            throw new MalformedMessageException("no service of host " + host + " is backed up to " + destination, null);
        }
        return restores;
    }

    private static RestoreRequest inFolderOfItsOwn(Target target, RestoreRequest request) {
        return request.folder()
                .map(folder -> request.withFolder(folder + "/" + target.service()))
                .orElse(request);
    }
}

package io.nightshift.it.page;

import io.nats.client.Connection;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.NatsMessage;
import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A fleet of three hosts, and what its services would have said of its last nights: mostly good, with one example of each
 * thing that can be wrong. What is shown does not change from day to day but for its dates.
 */
final class Household {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int NIGHTS = 40;

    private final ZonedDateTime lastSlot;
    private final NightId byHand;
    private final List<CompletableFuture<PublishAck>> sent = new ArrayList<>();

    /** The next night is far, so that none begins while somebody looks. */
    Household(Instant now) {
        lastSlot = now.atZone(ZONE).truncatedTo(ChronoUnit.HOURS).minusHours(12);
        byHand = NightId.manual(now, ZONE);
    }

    Path fleet(Path folder) throws IOException {
        try (var sample = Household.class.getResourceAsStream("/page/household.yaml")) {
            var text = new String(sample.readAllBytes(), StandardCharsets.UTF_8);
            return Files.writeString(
                    folder.resolve("backups.yaml"),
                    text.replace("SLOT", lastSlot.toLocalTime().toString()));
        }
    }

    /** All of it, as the workers and the snapshot-service would say it; the streams must be there. */
    void tell(Connection nats) throws Exception {
        for (var service : Services.ALL) {
            for (var destination : List.of("nas", "cloud", "usb")) {
                history(nats, service, destination);
            }
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get();
        snapshots(nats);
        now(nats);
        nats.flush(Duration.ofSeconds(10));
    }

    private void history(Connection nats, Services service, String destination) {
        var target = new Target(service.host(), service.name(), destination);
        if (service.isUnheard(destination)) {
            return;
        }
        for (int back = NIGHTS - 1; back >= 0; back--) {
            var at = end(back, target);
            var job = JobId.backup(night(back), target);
            var result = service.result(NIGHTS - back, target);
            var wrong = service.wrong(destination, back);
            send(nats, wrong.isEmpty() ? succeeded(job, at, result) : ended(job, at, result, wrong.get()));
        }
    }

    private static JobStatus succeeded(JobId job, Instant at, RunResult.Backup result) {
        return new JobStatus.Succeeded(job, at, 1, "worker-" + job.target().host(), result);
    }

    private static JobStatus ended(JobId job, Instant at, RunResult.Backup result, Failure failure) {
        var worker = "worker-" + job.target().host();
        return switch (failure.cause()) {
            case FILES_UNREADABLE -> new JobStatus.Incomplete(job, at, 1, worker, result, failure);
            case SHRANK -> new JobStatus.Suspect(job, at, 1, worker, result, failure);
            case SUPERSEDED -> new JobStatus.Skipped(job, at, 0, failure);
            default -> new JobStatus.Failed(job, at, 3, failure);
        };
    }

    private void snapshots(Connection nats) throws Exception {
        for (var host : List.of("daedalus", "icarus")) {
            var at = slot(0).plusSeconds(4);
            var datasets = host.equals("daedalus")
                    ? List.of(dataset("rpool/safe/persist", "/persist", at), dataset("tank/photos", "/srv/photos", at))
                    : List.of(dataset("tank/srv", "/srv", at));
            var view = "/run/nightshift/views/" + night(0);
            var source = new SnapshotSource(
                    night(0),
                    slot(0),
                    at,
                    SnapshotSource.Kind.ZFS,
                    SnapshotSource.Access.VIEW,
                    Optional.of(view),
                    datasets);
            send(nats, new SnapshotEvent.Ready(host, night(0), at, source));
        }
        var at = slot(0).plusSeconds(9);
        send(
                nats,
                new SnapshotEvent.Failed(
                        "minos",
                        night(0),
                        at,
                        "zfs snapshot -r zdata/dev@restic_nightly_snap: out of space",
                        "free space in pool zdata, then: nats pub backup.night.start ''"));
    }

    private DatasetSnapshot dataset(String name, String mountpoint, Instant at) {
        var view = "/run/nightshift/views/" + night(0) + mountpoint;
        return new DatasetSnapshot(
                name,
                name + "@restic_nightly_snap",
                Long.toUnsignedString(name.hashCode() * 2_654_435_761L),
                at,
                Optional.of(mountpoint),
                Optional.of(view));
    }

    /** What runs, what waits, and what nobody understood. */
    private void now(Connection nats) throws Exception {
        var now = Instant.now();
        var running = JobId.backup(byHand, new Target("icarus", "postgres", "cloud"));
        var waiting = JobId.backup(byHand, new Target("icarus", "gitea", "cloud"));
        send(nats, new JobStatus.Running(running, now.minusSeconds(94), 1, "worker-icarus"));
        send(nats, new JobStatus.Queued(waiting, now.minusSeconds(90), 0, now.minusSeconds(90), Optional.empty()));
        var rejected = new Rejected(
                "backup.request.daedalus.imich.nas",
                "there is no service 'imich' on daedalus; there are immich, jellyfin, lidarr, paperless, prowlarr, vaultwarden",
                "BACKUP_REQUESTS",
                17,
                1,
                "scheduler-requests",
                now.minusSeconds(1200),
                Optional.of("{}"),
                Optional.empty(),
                false);
        nats.jetStream().publish("backup.rejected", Wire.write(rejected));
        tellProgress(nats, 42.5);
    }

    /** Of what runs; core messages, heard by who listens at the moment. */
    void tellProgress(Connection nats, double percent) {
        var total = 18_400_000_000L;
        var job = JobId.backup(byHand, new Target("icarus", "postgres", "cloud"));
        var progress = new Progress(
                job,
                Instant.now(),
                percent,
                (long) (total * percent / 100),
                total,
                (long) (412 * percent / 100),
                412,
                83_000_000,
                Optional.of((long) ((100 - percent) * 2.2)));
        nats.publish(progress.subject(), Wire.write(progress));
    }

    private void send(Connection nats, JobStatus status) {
        publish(nats, status.subject(), Wire.write(status));
    }

    private void send(Connection nats, SnapshotEvent event) {
        publish(nats, event.subject(), Wire.write(event));
    }

    private void publish(Connection nats, String subject, byte[] body) {
        try {
            sent.add(nats.jetStream()
                    .publishAsync(
                            NatsMessage.builder().subject(subject).data(body).build(),
                            PublishOptions.builder().build()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NightId night(int back) {
        return NightId.scheduled(date(back));
    }

    private LocalDate date(int back) {
        return lastSlot.toLocalDate().minusDays(back);
    }

    private Instant slot(int back) {
        return lastSlot.minusDays(back).toInstant();
    }

    private Instant end(int back, Target target) {
        return slot(back).plusSeconds(300 + Math.floorMod(target.hashCode() * 31 + back * 7, 6000));
    }
}

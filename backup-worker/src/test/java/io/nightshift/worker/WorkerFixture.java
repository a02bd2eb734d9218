package io.nightshift.worker;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Excludes;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.Limits;
import io.nightshift.contract.event.Retention;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.event.ViewMarker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A host with a fleet file, a destination and views, in one folder. Jobs are those that a scheduler would release. */
public final class WorkerFixture {
    public static final String HOST = "daedalus";
    public static final Instant CREATED = Instant.parse("2026-04-16T16:00:01Z");

    public final Path folder;

    public WorkerFixture(Path folder) {
        this.folder = folder;
    }

    /** Services: app (with excludes), hooked (with commands), wrong (its password differs), off (unmounted NAS). */
    public static WorkerFixture create() {
        try {
            var fixture = new WorkerFixture(Files.createTempDirectory("nightshift prüfung "));
            fixture.write();
            return fixture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() throws IOException {
        Files.createDirectories(nas());
        Files.createDirectories(folder.resolve("views"));
        secret("password", "geheim\n");
        Files.writeString(folder.resolve("fleet.yaml"), """
                backup:
                  schedule: { at: "02:00", window: "02:05-04:05", zone: Australia/Sydney }
                  destinations:
                    local: { repository: "%1$s/nas/{host}/{service}", password-file: "%1$s/password" }
                    narrow: { repository: "%1$s/nas/narrow/{host}/{service}", password-file: "%1$s/password" }
                    nas: { repository: "%1$s/not mounted/{host}/{service}", password-file: "%1$s/password" }
                  hosts:
                    daedalus:
                      snapshot: copy
                      services:
                        app: { paths: [/persist/app] }
                        other: { paths: [/persist/other] }
                        third: { paths: [/persist/third] }
                        tested: { paths: [/persist/app] }
                        hooked:
                          paths: [/persist/app]
                          before:
                            - { command: [sh, -c, 'env > "%1$s/before"'] }
                          after:
                            - { command: [sh, -c, 'echo good > "%1$s/after"'], when: success }
                        wait:
                          paths: [/persist/app]
                          before:
                            - { command: [sh, -c, 'touch "%1$s/waiting"; until test -e "%1$s/go on"; do sleep 0.1; done'], timeout: 1m }
                        refused:
                          paths: [/persist/app]
                          before:
                            - { command: [sh, -c, "echo kaputt >&2; exit 7"] }
                """.formatted(folder));
        Files.createDirectories(folder.resolve("nas/narrow"));
    }

    /** A file that only this user may read. */
    public Path secret(String name, String content) throws IOException {
        var file = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    public Path nas() {
        return folder.resolve("nas");
    }

    public Path repository(Target target) {
        var base = target.destination().equals("narrow") ? nas().resolve("narrow") : nas();
        return base.resolve(target.host()).resolve(target.service());
    }

    public Path view(String night) {
        return folder.resolve("views").resolve(night);
    }

    /** A complete view of a night, with a file of that content in each service's path. */
    public SnapshotSource takeView(String night, String content) {
        try {
            for (var service : List.of("app", "other", "third")) {
                var path = view(night).resolve("persist").resolve(service);
                Files.createDirectories(path.resolve("cache"));
                Files.writeString(path.resolve("data.txt"), content);
                Files.writeString(path.resolve("größe 1.log"), "log");
                Files.writeString(path.resolve("cache/c"), "cache");
            }
            var source = source(night);
            ViewMarker.write(view(night), new SnapshotEvent.Ready(HOST, new NightId(night), CREATED, source));
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SnapshotSource source(String night) {
        var dataset = new DatasetSnapshot(
                "/persist",
                view(night) + "/persist",
                "guid-" + night,
                CREATED,
                Optional.of("/persist"),
                Optional.of(view(night) + "/persist"));
        return new SnapshotSource(
                new NightId(night),
                CREATED,
                CREATED,
                Kind.COPY,
                Access.VIEW,
                Optional.of("/elsewhere/" + night),
                List.of(dataset));
    }

    public Job.Backup backup(String night, String service, String destination) {
        var path = List.of("app", "other", "third").contains(service) ? service : "app";
        return backup(night, service, destination, "/persist/" + path, Excludes.none());
    }

    public Job.Backup backup(String night, String service, String destination, String path, Excludes excludes) {
        var target = new Target(HOST, service, destination);
        return new Job.Backup(
                JobId.backup(new NightId(night), target),
                CREATED,
                url(target),
                limits(),
                source(night),
                List.of(path),
                excludes,
                List.of("mine"),
                false,
                0.1);
    }

    public Job.Forget forget(String night, String service, String destination, int last) {
        var target = new Target(HOST, service, destination);
        var id = new JobId(new NightId(night), target, io.nightshift.contract.Work.FORGET);
        return new Job.Forget(id, CREATED, url(target), limits(), Retention.counts(last, 0, 0, 0));
    }

    public Job.Check check(String night, String service, String destination) {
        var target = new Target(HOST, service, destination);
        var id = new JobId(new NightId(night), target, io.nightshift.contract.Work.CHECK);
        return new Job.Check(id, CREATED, url(target), limits(), Optional.of("100%"));
    }

    public Job.RestoreTest restoreTest(String night, String service, String destination, long maxBytes) {
        var target = new Target(HOST, service, destination);
        var id = new JobId(new NightId(night), target, io.nightshift.contract.Work.RESTORE_TEST);
        return new Job.RestoreTest(id, CREATED, url(target), limits(), maxBytes);
    }

    private String url(Target target) {
        return target.destination().equals("nas")
                ? folder + "/not mounted/" + target.host() + "/" + target.service()
                : repository(target).toString();
    }

    private static Limits limits() {
        return new Limits(Duration.ofMinutes(5), Optional.empty(), Optional.empty(), 1);
    }
}

package io.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.contract.Buckets;
import io.nightshift.contract.JobId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Excludes;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.testing.NatsServerResource;
import io.nightshift.nats.testing.NeedsNatsServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Jobs over a real NATS, done by a real restic. Each test has a service or a night of its own. */
@NeedsNatsServer
@QuarkusTest
@QuarkusTestResource(NatsServerResource.class)
@QuarkusTestResource(value = WorkerResource.class, restrictToAnnotatedClass = true)
class WorkerIT {
    @Inject
    NatsClient nats;

    WorkerFixture host;

    @Test
    void a_job_is_backed_up_and_an_unchanged_night_adds_nothing() throws Exception {
        host.takeView("2026-04-17", "data");
        var first = (JobStatus.Succeeded) run(host.backup("2026-04-17", "app", "local"));
        var result = (RunResult.Backup) first.result();
        assertThat(result.filesProcessed()).isEqualTo(3);
        assertThat(result.filesNew()).isEqualTo(3);

        // The same inodes elsewhere: as in the next ZFS snapshot of unchanged files.
        Files.move(host.view("2026-04-17"), host.view("2026-04-18"));
        var second = (JobStatus.Succeeded) run(marked("2026-04-18", host.backup("2026-04-18", "app", "local")));
        assertThat(((RunResult.Backup) second.result()).filesNew()).isZero();
        assertThat(((RunResult.Backup) second.result()).bytesAdded()).isLessThan(1024);

        var listed = restic(host.repository(first.job().target()), "ls", "latest", "--host", "daedalus");
        assertThat(listed).contains("/persist/app/data.txt", "at 2026-04-16 16:00:01 +0000 UTC");
        var tags = restic(host.repository(first.job().target()), "snapshots", "--json");
        assertThat(tags).contains("\"service:app\"", "\"night:2026-04-18\"", "\"mine\"");
    }

    @Test
    void patterns_are_written_as_on_the_host() throws Exception {
        host.takeView("2026-05-01", "data");
        var excludes = new Excludes(List.of("*.log", "/persist/other/cache"), List.of(), false);
        var job = host.backup("2026-05-01", "other", "narrow", "/persist/other", excludes);
        assertThat(run(job)).isInstanceOf(JobStatus.Succeeded.class);
        assertThat(restic(host.repository(job.id().target()), "ls", "latest"))
                .contains("/persist/other/data.txt")
                .doesNotContain("cache/c")
                .doesNotContain(".log");
    }

    @Test
    void a_second_delivery_is_answered_with_the_first_end_and_not_run_again() throws Exception {
        host.takeView("2026-05-02", "data");
        var job = host.backup("2026-05-02", "third", "local");
        var end = run(job);
        var before = restic(host.repository(job.id().target()), "snapshots", "--json");
        publish(job, "again");
        await().atMost(Duration.ofSeconds(30)).until(this::queueIsEmpty);
        assertThat(restic(host.repository(job.id().target()), "snapshots", "--json"))
                .isEqualTo(before);
        assertThat(end(job.id())).isEqualTo(end);
    }

    @Test
    void an_end_that_the_scheduler_has_decided_meanwhile_is_the_one_that_is_told() throws Exception {
        host.takeView("2026-05-21", "data");
        var job = host.backup("2026-05-21", "wait", "local");
        publish(job, "decided");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(host.folder.resolve("waiting")));
        var failure = io.nightshift.contract.event.Failure.of(Cause.SUPERSEDED, "a later night", "");
        var decided = new JobStatus.Interrupted(job.id(), WorkerFixture.CREATED, 1, failure);
        nats.keyValue(Buckets.RESULTS).create("daedalus.wait.local.2026-05-21", Wire.write(decided));
        Files.createFile(host.folder.resolve("go on"));
        await().atMost(Duration.ofSeconds(60)).until(() -> end(job.id()) != null && queueIsEmpty());
        assertThat(end(job.id())).isEqualTo(decided);
        assertThat(restic(host.repository(job.id().target()), "snapshots")).contains("1 snapshots");
    }

    /** Between restic's end and the job's the worker died, and NATS lost all that it knew. */
    @Test
    void a_job_that_is_done_already_is_found_in_the_repository_and_not_run_again() throws Exception {
        host.takeView("2026-05-22", "data");
        var job = host.backup("2026-05-22", "other", "narrow");
        var first = (JobStatus.Succeeded) run(job);
        for (var bucket : List.of(Buckets.RESULTS, Buckets.ATTEMPTS)) {
            nats.keyValue(bucket).purge(job.id().key());
        }
        nats.keyValue(Buckets.REPOSITORIES).purge(job.id().target().tokens());
        nats.connection().jetStreamManagement().purgeStream(Subjects.STATUS_STREAM);
        publish(job, "after the loss");
        await().atMost(Duration.ofSeconds(60)).until(this::queueIsEmpty);
        var second = (JobStatus.Succeeded)
                Wire.read(nats.keyValue(Buckets.RESULTS).get(job.id().key()).getValue(), JobStatus.class);
        assertThat(((RunResult.Backup) second.result()).snapshot())
                .isEqualTo(((RunResult.Backup) first.result()).snapshot());
        assertThat(restic(host.repository(job.id().target()), "snapshots", "--tag", "job:" + job.id()))
                .contains("1 snapshots");
    }

    @Test
    void a_job_that_two_hold_at_once_is_run_once() throws Exception {
        host.takeView("2026-05-20", "data");
        var job = host.backup("2026-05-20", "app", "narrow");
        publish(job, "one");
        publish(job, "two");
        await().atMost(Duration.ofSeconds(60)).until(() -> end(job.id()) != null && queueIsEmpty());
        var snapshots = restic(host.repository(job.id().target()), "snapshots", "--json", "--tag", "night:2026-05-20");
        assertThat(snapshots.split("\"short_id\"")).hasSize(2);
    }

    @Test
    void a_missing_path_an_empty_path_and_a_link_out_of_the_view_fail() throws Exception {
        host.takeView("2026-05-03", "data");
        var persist = host.view("2026-05-03").resolve("persist");
        Files.createDirectories(persist.resolve("empty"));
        Files.createSymbolicLink(persist.resolve("link"), Path.of("/etc"));
        assertThat(cause(run(at("2026-05-03", "/persist/gone", "app")))).isEqualTo(Cause.PATH_MISSING);
        assertThat(cause(run(at("2026-05-03", "/persist/link", "other")))).isEqualTo(Cause.PATH_MISSING);
        assertThat(cause(run(at("2026-05-03", "/persist/empty", "third")))).isEqualTo(Cause.PATH_EMPTY);
        assertThat(cause(run(host.backup("2026-05-03", "hooked", "local", "/persist/../etc", Excludes.none()))))
                .isEqualTo(Cause.CONFIGURATION);
    }

    @Test
    void a_view_that_is_not_the_job_s_is_not_read() throws Exception {
        assertThat(cause(run(host.backup("2026-05-04", "app", "local")))).isEqualTo(Cause.SNAPSHOT_GONE);
        host.takeView("2026-05-05", "data");
        host.takeView("2026-05-06", "data");
        Files.copy(
                host.view("2026-05-05").resolve(".nightshift-view.json"),
                host.view("2026-05-06").resolve(".nightshift-view.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(cause(run(host.backup("2026-05-06", "app", "local")))).isEqualTo(Cause.SNAPSHOT_GONE);
    }

    @Test
    void a_path_that_is_replaced_while_the_job_runs_is_no_success() throws Exception {
        host.takeView("2026-05-22", "data");
        var job = host.backup("2026-05-22", "wait", "narrow");
        Files.deleteIfExists(host.folder.resolve("waiting"));
        Files.deleteIfExists(host.folder.resolve("go on"));
        publish(job, job.id().toString());
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(host.folder.resolve("waiting")));

        var path = host.view("2026-05-22").resolve("persist/app");
        Files.move(path, path.resolveSibling("away"));
        Files.move(path.resolveSibling("other"), path);
        Files.createFile(host.folder.resolve("go on"));

        var end = await().atMost(Duration.ofSeconds(90)).until(() -> end(job.id()), status -> status != null);
        assertThat(cause(end)).isEqualTo(Cause.SNAPSHOT_GONE);
        assertThat(end.problem().orElseThrow().message())
                .contains("changed while restic read it", path + " is another folder than before");
        Files.delete(host.folder.resolve("waiting")); // another test waits for them, too
        Files.delete(host.folder.resolve("go on"));
    }

    /** Or the next run would take its own snapshot, of a job whose end was lost with it, for another's. */
    @Test
    void a_repository_that_nats_has_forgotten_while_it_was_in_use_stays_unknown() throws Exception {
        host.takeView("2026-05-23", "data");
        host.takeView("2026-05-24", "data");
        var target = host.backup("2026-05-23", "wait", "narrow").id().target();
        Files.writeString(host.folder.resolve("go on"), "");
        assertThat(run(host.backup("2026-05-23", "wait", "narrow"))).isInstanceOf(JobStatus.Succeeded.class);
        var repositories = nats.keyValue(Buckets.REPOSITORIES);
        assertThat(repositories.get(target.tokens())).isNotNull();
        Files.delete(host.folder.resolve("waiting"));
        Files.delete(host.folder.resolve("go on"));
        var job = host.backup("2026-05-24", "wait", "narrow");
        publish(job, job.id().toString());
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(host.folder.resolve("waiting")));

        repositories.delete(target.tokens());
        Files.createFile(host.folder.resolve("go on"));

        assertThat(await().atMost(Duration.ofSeconds(90)).until(() -> end(job.id()), status -> status != null))
                .isInstanceOf(JobStatus.Succeeded.class);
        assertThat(repositories.get(target.tokens())).isNull();
        Files.delete(host.folder.resolve("waiting"));
        Files.delete(host.folder.resolve("go on"));
    }

    @Test
    void at_an_unmounted_destination_nothing_is_created() throws Exception {
        host.takeView("2026-05-07", "data");
        var end = run(host.backup("2026-05-07", "app", "nas"));
        assertThat(cause(end)).isEqualTo(Cause.DESTINATION_MISSING);
        assertThat(host.folder.resolve("not mounted")).doesNotExist();
    }

    @Test
    void a_repository_that_vanished_is_not_created_anew_and_another_in_its_place_is_noticed() throws Exception {
        host.takeView("2026-05-08", "data");
        host.takeView("2026-05-09", "data");
        host.takeView("2026-05-10", "data");
        var first = host.backup("2026-05-08", "third", "narrow");
        assertThat(run(first)).isInstanceOf(JobStatus.Succeeded.class);
        var repository = host.repository(first.id().target());
        Files.move(repository, repository.resolveSibling("away"));
        assertThat(cause(run(host.backup("2026-05-09", "third", "narrow")))).isEqualTo(Cause.REPOSITORY_MISSING);
        assertThat(repository).doesNotExist();

        restic(repository, "init");
        assertThat(cause(run(host.backup("2026-05-10", "third", "narrow")))).isEqualTo(Cause.REPOSITORY_CHANGED);
    }

    @Test
    void a_wrong_password_fails_at_once() throws Exception {
        host.takeView("2026-05-11", "data");
        var job = host.backup("2026-05-11", "refused", "narrow");
        var other = host.secret("another password", "anderes");
        var init = resticCommand(host.repository(job.id().target()), "init");
        init.environment().put("RESTIC_PASSWORD_FILE", other.toString());
        assertThat(finish(init)).contains("created restic repository");
        var end = run(job);
        assertThat(cause(end)).isEqualTo(Cause.WRONG_PASSWORD);
        assertThat(end.attempt()).isEqualTo(1);
    }

    @Test
    void a_file_that_cannot_be_read_makes_it_incomplete() throws Exception {
        host.takeView("2026-05-12", "data");
        // Root may read any file, but not the memory of another process at address 0: an error of the real read().
        var unreadable = host.view("2026-05-12").resolve("persist/app/mem");
        Files.createFile(unreadable);
        assertThat(finish(new ProcessBuilder("mount", "--bind", "/proc/1/mem", unreadable.toString())))
                .isEmpty();
        try {
            var end = (JobStatus.Incomplete) run(host.backup("2026-05-12", "app", "narrow"));
            assertThat(end.failure().cause()).isEqualTo(Cause.FILES_UNREADABLE);
            assertThat(end.failure().paths()).containsExactly("/persist/app/mem");
            assertThat(end.failure().exitCode()).contains(3);
            assertThat(((RunResult.Backup) end.result()).snapshot()).isNotBlank();
        } finally {
            finish(new ProcessBuilder("umount", unreadable.toString()));
        }
    }

    @Test
    void the_user_s_commands_run_around_it_and_one_that_fails_before_fails_it() throws Exception {
        host.takeView("2026-05-13", "data");
        assertThat(run(host.backup("2026-05-13", "hooked", "local"))).isInstanceOf(JobStatus.Succeeded.class);
        assertThat(host.folder.resolve("before"))
                .content()
                .contains("NIGHTSHIFT_SERVICE=hooked", "NIGHTSHIFT_NIGHT=2026-05-13")
                .doesNotContain("RESTIC");
        assertThat(host.folder.resolve("after")).content().isEqualTo("good\n");
        var end = run(host.backup("2026-05-13", "refused", "local"));
        assertThat(cause(end)).isEqualTo(Cause.COMMAND_FAILED);
        assertThat(end.problem().orElseThrow().message()).contains("ended with 7: kaputt");
    }

    @Test
    void upkeep_forgets_and_checks_after_a_killed_restic_too() throws Exception {
        for (var night : List.of("2026-05-14", "2026-05-15", "2026-05-16")) {
            host.takeView(night, "data of " + night);
            assertThat(run(host.backup(night, "hooked", "narrow"))).isInstanceOf(JobStatus.Succeeded.class);
        }
        var target = host.backup("2026-05-16", "hooked", "narrow").id().target();
        killWithLock(host.repository(target));
        var forget = (JobStatus.Succeeded) run(host.forget("2026-05-16", "hooked", "narrow", 1));
        var forgotten = (RunResult.Forget) forget.result();
        assertThat(forgotten.snapshotsKept()).isEqualTo(1);
        assertThat(forgotten.snapshotsRemoved()).isEqualTo(2);
        var check = (JobStatus.Succeeded) run(host.check("2026-05-16", "hooked", "narrow"));
        assertThat(((RunResult.Check) check.result()).errors()).isZero();
    }

    @Test
    void upkeep_before_the_first_backup_fails_at_once_and_creates_nothing() throws Exception {
        for (Job job : List.of(
                host.forget("2026-05-13", "tested", "local", 1),
                host.check("2026-05-13", "tested", "local"),
                host.restoreTest("2026-05-13", "tested", "local", 100))) {
            var end = run(job);
            assertThat(cause(end)).as(job.toString()).isEqualTo(Cause.SNAPSHOT_UNKNOWN);
            assertThat(end.problem().orElseThrow().advice()).endsWith("nightshift run daedalus/tested local");
            assertThat(host.repository(job.id().target())).doesNotExist();
        }
    }

    /** Of files of 16, 5 and 3 bytes. */
    @Test
    void a_restore_test_brings_back_all_or_what_may_be_restored_finds_damage_and_leaves_nothing() throws Exception {
        host.takeView("2026-06-01", "sixteen bytes!!!");
        var backup = host.backup("2026-06-01", "tested", "narrow");
        assertThat(run(backup)).isInstanceOf(JobStatus.Succeeded.class);

        var all = tested(host.restoreTest("2026-06-02", "tested", "narrow", 24));
        assertThat(all.files()).isEqualTo(3);
        assertThat(all.bytes()).isEqualTo(24).isEqualTo(all.bytesInSnapshot());
        assertThat(all.filesTooLarge()).isZero();
        assertThat(all.snapshotTime()).isEqualTo(WorkerFixture.CREATED);
        var some = tested(host.restoreTest("2026-06-03", "tested", "narrow", 4));
        assertThat(some.files()).isEqualTo(1);
        assertThat(some.bytes()).isEqualTo(3);
        assertThat(some.filesInSnapshot()).isEqualTo(3);
        assertThat(some.filesTooLarge()).isEqualTo(2);
        assertThat(some.bytesTooLarge()).isEqualTo(21);
        assertThat(cause(run(host.restoreTest("2026-06-04", "tested", "narrow", 2))))
                .isEqualTo(Cause.CONFIGURATION);

        var packs = packs(host.repository(backup.id().target()));
        for (var pack : packs) {
            Files.move(pack, pack.resolveSibling("away"));
        }
        requireDamage(run(host.restoreTest("2026-06-05", "tested", "narrow", 24)));
        for (var pack : packs) {
            Files.move(pack.resolveSibling("away"), pack);
            damage(pack);
        }
        requireDamage(run(host.restoreTest("2026-06-06", "tested", "narrow", 24)));
        assertThat(host.folder.resolve(
                        "zustand/restore-test/" + backup.id().target().tokens()))
                .doesNotExist();
    }

    private RunResult.RestoreTest tested(Job.RestoreTest job) throws Exception {
        return (RunResult.RestoreTest) ((JobStatus.Succeeded) run(job)).result();
    }

    private static void requireDamage(JobStatus end) {
        assertThat(end).isInstanceOf(JobStatus.Failed.class);
        var failure = end.problem().orElseThrow();
        assertThat(failure.cause().isDamage()).as(failure.toString()).isTrue();
        assertThat(failure.message()).contains("restic restore");
        assertThat(failure.advice()).contains("do not count on this destination");
    }

    private static List<Path> packs(Path repository) throws IOException {
        try (var files = Files.walk(repository.resolve("data"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Where the data blobs of a small pack are: at its begin. */
    private static void damage(Path pack) throws IOException {
        pack.toFile().setWritable(true);
        var bytes = Files.readAllBytes(pack);
        bytes[20] ^= 1;
        Files.write(pack, bytes);
    }

    @Test
    void a_much_smaller_backup_is_suspect() throws Exception {
        host.takeView("2026-05-17", "x".repeat(10_000));
        host.takeView("2026-05-18", "x");
        assertThat(run(host.backup("2026-05-17", "other", "local"))).isInstanceOf(JobStatus.Succeeded.class);
        var end = run(host.backup("2026-05-18", "other", "local"));
        assertThat(end).isInstanceOf(JobStatus.Suspect.class);
        assertThat(cause(end)).isEqualTo(Cause.SHRANK);
    }

    @Test
    void what_is_no_job_is_rejected() {
        nats.publish("backup.job.daedalus.app.local", "{\"type\":\"job.wrong\"}".getBytes(), "wrong", Map.of());
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        nats.last(Subjects.EVENTS_STREAM, Subjects.REJECTED).isPresent());
    }

    /** Fields of newer schedulers are ignored; what runs programs is taken from the worker's own fleet file alone. */
    @Test
    void no_message_says_which_program_runs() throws Exception {
        host.takeView("2026-05-23", "data");
        var job = host.backup("2026-05-23", "other", "local");
        var owned = host.folder.resolve("owned");
        var body = new String(Wire.write(job), StandardCharsets.UTF_8)
                .replaceFirst("\\{", """
                {"resticOptions":["--option=sftp.command=touch OWNED"],"options":["rclone.program=touch OWNED"],
                 "passwordCommand":"touch OWNED","environment":{"RESTIC_PASSWORD_COMMAND":"touch OWNED"},
                 "before":[{"command":["touch","OWNED"]}],""".replace("OWNED", owned.toString()));
        nats.publish(job.subject(), body.getBytes(StandardCharsets.UTF_8), "owned", Map.of());
        var end = await().atMost(Duration.ofSeconds(90)).until(() -> end(job.id()), status -> status != null);

        assertThat(end).isInstanceOf(JobStatus.Succeeded.class);
        assertThat(owned).doesNotExist();
    }

    private Job.Backup at(String night, String path, String service) {
        return host.backup(night, service, "local", path, Excludes.none());
    }

    private Job marked(String night, Job.Backup job) throws IOException {
        io.nightshift.contract.event.ViewMarker.write(
                host.view(night),
                new io.nightshift.contract.event.SnapshotEvent.Ready(
                        "daedalus", job.id().night(), WorkerFixture.CREATED, job.source()));
        return job;
    }

    private static Cause cause(JobStatus status) {
        return status.problem()
                .orElseThrow(() -> new AssertionError("no failure: " + status))
                .cause();
    }

    private JobStatus run(Job job) {
        publish(job, job.id().toString());
        return await().atMost(Duration.ofSeconds(90)).until(() -> end(job.id()), status -> status != null);
    }

    private void publish(Job job, String messageId) {
        nats.publish(job.subject(), Wire.write(job), messageId, Map.of());
    }

    private JobStatus end(JobId job) {
        return nats.last(Subjects.STATUS_STREAM, Subjects.status(job))
                .map(value -> Wire.read(value.body(), JobStatus.class))
                .filter(status -> status.job().equals(job) && status.isFinal())
                .orElse(null);
    }

    private boolean queueIsEmpty() throws Exception {
        var jobs = nats.connection().jetStreamManagement().getStreamInfo(Subjects.JOBS_STREAM);
        return jobs.getStreamState().getMsgCount() == 0;
    }

    private void killWithLock(Path repository) throws Exception {
        var big = host.folder.resolve("big");
        Files.write(big, new byte[1 << 20]);
        var backup = resticCommand(repository, "backup", "--limit-upload", "1", "--compression", "off", big.toString());
        var process = backup.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        await().atMost(Duration.ofSeconds(20)).until(() -> locks(repository) > 0);
        process.destroyForcibly().waitFor();
        assertThat(locks(repository)).isEqualTo(1);
    }

    private static long locks(Path repository) throws IOException {
        try (var locks = Files.list(repository.resolve("locks"))) {
            return locks.count();
        }
    }

    private String restic(Path repository, String... arguments) throws Exception {
        return finish(resticCommand(repository, arguments));
    }

    private ProcessBuilder resticCommand(Path repository, String... arguments) {
        var argv = new java.util.ArrayList<>(List.of("restic"));
        argv.addAll(List.of(arguments));
        var builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment()
                .putAll(new TreeMap<>(Map.of(
                        "RESTIC_REPOSITORY", repository.toString(),
                        "RESTIC_PASSWORD_FILE", host.folder.resolve("password").toString(),
                        "RESTIC_CACHE_DIR", host.folder.resolve("other cache").toString(),
                        "TZ", "UTC")));
        return builder;
    }

    private static String finish(ProcessBuilder builder) throws Exception {
        var process = builder.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}

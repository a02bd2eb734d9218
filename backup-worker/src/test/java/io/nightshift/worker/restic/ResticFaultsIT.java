package io.nightshift.worker.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.Limits;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.WorkerFixture;
import io.nightshift.worker.restore.Archive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a real restic when the worst happens to it. */
class ResticFaultsIT {
    private static final String NIGHT = "2026-04-17";

    private final ResticBench bench = new ResticBench();
    private final Job.Backup job = bench.host.backup(NIGHT, "app", "local");

    @BeforeEach
    void data() throws Exception {
        bench.host.takeView(NIGHT, "data");
        bench.repository(job).create();
    }

    @Test
    void a_killed_one_is_tried_again_and_its_lock_is_in_nobody_s_way() throws Exception {
        var failure = failure(() -> whileRunning("KILL", Duration.ofMinutes(1)));
        assertThat(failure.cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        assertThat(failure.cause().isTransient()).isTrue();
        assertThat(failure.exitCode()).contains(137);
        nextNightIsFine();
    }

    @Test
    void a_hung_one_is_killed_at_its_time_limit_and_the_next_run_clears_its_lock() throws Exception {
        var failure = failure(() -> whileRunning("STOP", Duration.ofSeconds(4)));
        assertThat(failure.cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(failure.cause().isTransient()).isFalse();
        nextNightIsFine();
    }

    @Test
    void one_whose_numbers_stand_still_is_stopped_and_tried_again() throws Exception {
        bench.with("stall-limit", "PT2S");
        var failure = failure(() -> whileRunning("STOP", Duration.ofMinutes(1)));
        assertThat(failure.cause()).isEqualTo(Cause.STALLED);
        assertThat(failure.cause().isTransient()).isTrue();
    }

    /** restic prints its status all the while: only the numbers tell. */
    @Test
    void lines_without_progress_are_no_sign_of_life() throws Exception {
        bench.with("stall-limit", "PT1S");
        bench.program = script("while :; do echo '{\"message_type\":\"status\",\"files_done\":1}'; sleep 0.1; done");
        assertThat(failure(() -> backup(job)).cause()).isEqualTo(Cause.STALLED);
    }

    @Test
    void slow_progress_is_progress() throws Exception {
        bench.with("stall-limit", "PT1S");
        bench.program = script("for i in 1 2 3 4 5 6; do echo '{\"message_type\":\"status\",\"bytes_done\":'$i'}';"
                + " sleep 0.4; done; exit 12");
        assertThat(failure(() -> backup(job)).cause()).isEqualTo(Cause.WRONG_PASSWORD);
    }

    @Test
    void a_live_lock_and_the_lock_of_a_dead_worker_on_another_machine_are_waited_for_not_removed() throws Exception {
        backup(job);
        var killed = start(slow(job), List.of("unshare", "--uts", "sh", "-c", "hostname elsewhere; exec \"$@\"", "sh"));
        awaitLocks(1);
        var live = failure(() -> bench.repository(job).forget(bench.host.forget(NIGHT, "app", "local", 1)));
        killed.destroyForcibly().waitFor();
        bench.repository(job).unlockStale();
        assertThat(locks()).isEqualTo(1);
        var stale = failure(() -> bench.repository(job).forget(bench.host.forget(NIGHT, "app", "local", 1)));
        assertThat(List.of(live.cause(), stale.cause()))
                .containsOnly(Cause.REPOSITORY_LOCKED)
                .allMatch(Cause::isTransient);
    }

    /** Its worker died, or NATS was lost, after restic's end: the look-up before another run finds what is there. */
    @Test
    void another_run_of_the_same_job_makes_a_snapshot_of_a_later_time() throws Exception {
        backup(job);
        var again = bench.repository(job);
        assertThat(again.snapshotOf(job.id())).isPresent();
        again.backup(job, bench.view(NIGHT), progress -> {});

        var own = FleetFile.read(bench.host.folder.resolve("fleet.yaml"), Map.of())
                .backup(job.id().target())
                .orElseThrow();
        var all = new ResticArchive(bench.repository(job), own, Duration.ZERO).snapshots();
        assertThat(all)
                .extracting(Archive.Snapshot::time)
                .containsExactlyInAnyOrder(WorkerFixture.CREATED, WorkerFixture.CREATED.plusSeconds(1));
        assertThat(all).allMatch(snapshot -> snapshot.ended().isPresent());
    }

    @Test
    void a_damaged_pack_is_found_by_check() throws Exception {
        backup(job);
        damageOnePack();
        var failure = failure(() -> bench.repository(job).check(bench.host.check(NIGHT, "app", "local")));
        assertThat(failure.cause()).isEqualTo(Cause.REPOSITORY_DAMAGED);
    }

    @Test
    void a_full_disk_of_the_worker_is_not_a_full_destination() throws Exception {
        bench.temporary = tmpfs("tmp small");
        try {
            fill(NIGHT, 8 << 20);
            var before = failure(() -> backup(job));
            assertThat(before.cause()).isEqualTo(Cause.WORKER_DISK_FULL);
            bench.with("least-free-bytes", "0");
            var amid = failure(() -> backup(job));
            assertThat(amid.cause()).as(amid.message()).isEqualTo(Cause.WORKER_DISK_FULL);
        } finally {
            umount(bench.temporary);
        }
    }

    @Test
    void a_full_destination_is_not_a_full_disk_of_the_worker() throws Exception {
        var full = tmpfs("nas small");
        try {
            fill(NIGHT, 8 << 20);
            bench.repository(job, full + "/r").create();
            var failure = failure(() -> bench.repository(job, full + "/r").backup(job, bench.view(NIGHT), p -> {}));
            assertThat(failure.cause()).as(failure.message()).isEqualTo(Cause.DESTINATION_FULL);
        } finally {
            umount(full);
        }
    }

    @Test
    void a_refused_key_is_for_a_person_and_a_server_that_is_busy_for_minutes_is_tried_again() throws Exception {
        bench.with("contact-limit", "PT2S");
        bench.environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "key"));
        var refused = failureAtS3(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided.");
        assertThat(refused.cause()).as(refused.message()).isEqualTo(Cause.ACCESS_DENIED);
        var busy = failureAtS3(503, "SlowDown", "Please reduce your request rate.");
        assertThat(busy.cause()).as(busy.message()).isEqualTo(Cause.DESTINATION_UNREACHABLE);
        assertThat(busy.cause().isTransient()).isTrue();
    }

    @Test
    void a_destination_that_accepts_and_never_answers_is_unreachable() throws Exception {
        bench.with("contact-limit", "PT0.6S"); // 3 s for a call that only asks
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var url = "rest:http://127.0.0.1:" + silent.getLocalPort() + "/";
            var failure = failure(() -> bench.repository(job, url).id());
            assertThat(failure.cause()).isEqualTo(Cause.DESTINATION_UNREACHABLE);
        }
    }

    @Test
    void a_job_that_is_done_is_found_with_its_own_numbers() throws Exception {
        var repository = bench.repository(job);
        assertThat(repository.snapshotOf(job.id())).isEmpty();
        var made = backup(job).result();
        var found = repository.snapshotOf(job.id()).orElseThrow();
        assertThat(found.snapshot()).isEqualTo(made.snapshot());
        assertThat(List.of(found.filesNew(), found.filesProcessed(), found.bytesProcessed(), found.bytesAdded()))
                .containsExactly(made.filesNew(), made.filesProcessed(), made.bytesProcessed(), made.bytesAdded());
        assertThat(found.durationSeconds()).isPositive();
        assertThat(repository.isComplete(job, bench.view(NIGHT), found)).isTrue();
        assertThat(repository.snapshotOf(
                        bench.host.backup("2026-04-18", "app", "local").id()))
                .isEmpty();
    }

    @Test
    void an_incomplete_snapshot_is_never_taken_for_the_job_s_end() throws Exception {
        var unreadable = bench.host.view(NIGHT).resolve("persist/app/mem");
        Files.createFile(unreadable);
        run("mount", "--bind", "/proc/1/mem", unreadable.toString());
        try {
            assertThat(backup(job).complete()).isFalse();
            var found = bench.repository(job).snapshotOf(job.id()).orElseThrow();
            assertThat(bench.repository(job).isComplete(job, bench.view(NIGHT), found))
                    .isFalse();
        } finally {
            run("umount", unreadable.toString());
        }
        var found = bench.repository(job).snapshotOf(job.id()).orElseThrow();
        assertThat(bench.repository(job).isComplete(job, bench.view(NIGHT), found))
                .isFalse();
    }

    private io.nightshift.worker.Repository.Report backup(Job.Backup what) throws Exception {
        return bench.repository(what).backup(what, bench.view(what.id().night().value()), progress -> {});
    }

    private void nextNightIsFine() throws Exception {
        bench.host.takeView("2026-04-18", "data");
        var next = bench.host.backup("2026-04-18", "app", "local");
        assertThat(backup(next).complete()).isTrue();
        bench.repository(next).unlockStale();
        assertThat(locks()).isZero();
        bench.repository(next).forget(bench.host.forget("2026-04-18", "app", "local", 1));
    }

    /** Signals restic once it has its lock. */
    private void whileRunning(String signal, Duration timeout) throws Exception {
        var limited = slow(job, timeout);
        fill(NIGHT, 4 << 20);
        var pids = bench.host.folder.resolve("pid");
        bench.program = script("echo $$ >'" + pids + "'; exec restic \"$@\"");
        var signalled = CompletableFuture.runAsync(() -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> locks() > 0);
            run("kill", "-" + signal, read(pids));
        });
        try {
            backup(limited);
        } finally {
            signalled.get(30, TimeUnit.SECONDS);
            bench.program = List.of("restic");
        }
    }

    private Job.Backup slow(Job.Backup what) throws IOException {
        fill(NIGHT, 4 << 20);
        return slow(what, Duration.ofMinutes(1));
    }

    private static Job.Backup slow(Job.Backup what, Duration timeout) {
        return new Job.Backup(
                what.id(),
                what.due(),
                what.repository(),
                new Limits(timeout, Optional.of(100_000), Optional.empty(), 1),
                what.source(),
                what.paths(),
                what.excludes(),
                what.tags(),
                what.allowEmpty(),
                what.shrinkTolerance());
    }

    /** A restic with 1 KiB/s, so it holds its lock for as long as it is let. */
    private Process start(Job.Backup what, List<String> before) throws Exception {
        var argv = new java.util.ArrayList<>(before);
        argv.addAll(List.of("restic", "backup", "--limit-upload=1", "--compression=off", "persist"));
        var builder = new ProcessBuilder(argv)
                .directory(bench.host.view(NIGHT).toFile())
                .redirectErrorStream(true)
                .redirectOutput(bench.host.folder.resolve("foreign").toFile());
        builder.environment()
                .putAll(Map.of(
                        "RESTIC_REPOSITORY", what.repository(),
                        "RESTIC_PASSWORD_FILE",
                                bench.host.folder.resolve("password").toString(),
                        "RESTIC_CACHE_DIR",
                                bench.host.folder.resolve("foreign cache").toString()));
        return builder.start();
    }

    /** Cannot be compressed, nor found to be there already. */
    private void fill(String night, int bytes) throws IOException {
        var data = new byte[bytes];
        new Random(bytes).nextBytes(data);
        Files.write(bench.host.view(night).resolve("persist/app/big"), data);
    }

    private void damageOnePack() throws IOException {
        try (var packs = Files.walk(Path.of(job.repository()).resolve("data"))) {
            var pack = packs.filter(Files::isRegularFile).findFirst().orElseThrow();
            var bytes = Files.readAllBytes(pack);
            bytes[bytes.length / 2] ^= 1;
            pack.toFile().setWritable(true);
            Files.write(pack, bytes);
        }
    }

    private Failure failureAtS3(int status, String code, String message) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + message
                            + "</Message></Error>")
                    .getBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/xml");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            var url = "s3:http://127.0.0.1:" + server.getAddress().getPort() + "/bucket/app";
            return failure(() -> bench.repository(job, url).id());
        } finally {
            server.stop(0);
        }
    }

    private Path tmpfs(String name) throws IOException {
        var folder = Files.createDirectories(bench.host.folder.resolve(name));
        run("mount", "-t", "tmpfs", "-o", "size=2m", "nightshift-test", folder.toString());
        return folder;
    }

    private static void umount(Path folder) {
        run("umount", folder.toString());
    }

    private void awaitLocks(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> locks() == count);
    }

    private long locks() throws IOException {
        try (var locks = Files.list(Path.of(job.repository()).resolve("locks"))) {
            return locks.count();
        }
    }

    private List<String> script(String text) throws IOException {
        var file = bench.host.folder.resolve("script");
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        file.toFile().setExecutable(true);
        return List.of("/bin/sh", file.toString());
    }

    private static Failure failure(ThrowingCallable what) {
        return catchThrowableOfType(JobFailedException.class, what).failure();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void run(String... argv) {
        try {
            assertThat(new ProcessBuilder(argv).inheritIO().start().waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

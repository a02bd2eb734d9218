package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.WorkerConfig;
import io.nightshift.worker.WorkerFixture;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RestoreTestTest {
    private static final long ENOUGH = 1000;

    private final WorkerFixture host = WorkerFixture.create();

    @Test
    void two_at_once_do_not_count_on_the_same_free_space() throws Exception {
        var restoring = new AtomicInteger();
        var goOn = new CountDownLatch(1);
        var tests = tests(new FakeArchive(folder -> {
            restoring.incrementAndGet();
            goOn.await();
            comesBack(folder);
        }));
        var first = new FutureTask<>(() -> test(tests, "app"));
        new Thread(first).start();
        await().until(() -> restoring.get() == 1);

        var second = new FutureTask<>(() -> test(tests, "other"));
        var waiting = new Thread(second);
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        assertThat(restoring).hasValue(1);
        waiting.interrupt();
        assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS)).hasRootCauseInstanceOf(InterruptedException.class);

        goOn.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS).files()).isEqualTo(1);
        assertThat(test(tests, "other").files()).isEqualTo(1);
    }

    @Test
    void what_looks_like_damage_once_and_then_comes_back_is_none() throws Exception {
        var seen = new ArrayList<Path>();
        var result = test(
                tests(
                        new FakeArchive(folder -> {
                            Files.writeString(folder.resolve("half"), "da");
                            throw failed(Cause.REPOSITORY_DAMAGED);
                        }),
                        new FakeArchive(folder -> {
                            try (var files = Files.list(folder)) {
                                files.forEach(seen::add);
                            }
                            comesBack(folder);
                        })),
                "app");
        assertThat(result.files()).isEqualTo(1);
        assertThat(seen).isEmpty();
    }

    @Test
    void what_does_not_come_back_twice_is_damage() {
        var missing = new FakeArchive(folder -> {
            throw incomplete(Cause.OTHER);
        });
        var shorter = new FakeArchive(folder -> Files.writeString(folder.resolve("größe 1.txt"), "dat"));
        for (var archives : List.of(List.of(missing, missing), List.of(shorter, shorter), List.of(missing, shorter))) {
            var failure = failure(archives);
            assertThat(failure.cause()).isEqualTo(Cause.RESTORE_INCOMPLETE);
            assertThat(failure.advice()).startsWith("do not count on this destination");
        }
    }

    @Test
    void what_fails_otherwise_at_the_second_try_has_that_cause() {
        var unreachable = new FakeArchive(folder -> {
            throw failed(Cause.DESTINATION_UNREACHABLE);
        });
        var damaged = new FakeArchive(folder -> {
            throw failed(Cause.REPOSITORY_DAMAGED);
        });
        assertThat(failure(List.of(damaged, unreachable)).cause()).isEqualTo(Cause.DESTINATION_UNREACHABLE);
    }

    @Test
    void what_is_incomplete_for_a_reason_that_is_no_damage_has_that_cause_at_once() {
        var refused = new FakeArchive(folder -> {
            throw incomplete(Cause.ACCESS_DENIED);
        });
        assertThat(failure(List.of(refused)).cause()).isEqualTo(Cause.ACCESS_DENIED);
    }

    private Failure failure(List<FakeArchive> archives) {
        var tests = tests(archives.toArray(FakeArchive[]::new));
        return catchThrowableOfType(JobFailedException.class, () -> test(tests, "app"))
                .failure();
    }

    private static JobFailedException failed(Cause cause) {
        return new JobFailedException(cause, "restic restore: " + cause.word(), "see restic");
    }

    /** As restic's: some files could not be restored, and this is what it complained of. */
    private static JobFailedException incomplete(Cause original) {
        return new JobFailedException(failed(Cause.RESTORE_INCOMPLETE).failure(), failed(original));
    }

    private static void comesBack(Path folder) throws Exception {
        Files.writeString(folder.resolve("größe 1.txt"), "data");
    }

    /** @param archives one for each look at the repository; the last answers all that come after it */
    private RestoreTest tests(Archive... archives) {
        var looks = new AtomicInteger();
        var config = new SmallRyeConfigBuilder()
                .withMapping(WorkerConfig.class)
                .withDefaultValue(
                        "nightshift.fleet", host.folder.resolve("fleet.yaml").toString())
                .withDefaultValue("nightshift.worker.host", WorkerFixture.HOST)
                .withDefaultValue("nightshift.worker.destinations", "local")
                .withDefaultValue(
                        "nightshift.worker.state-dir",
                        host.folder.resolve("zustand").toString())
                .build()
                .getConfigMapping(WorkerConfig.class);
        return new RestoreTest(
                (own, destination) -> archives[Math.min(looks.getAndIncrement(), archives.length - 1)], config);
    }

    private RunResult.RestoreTest test(RestoreTest tests, String service) throws Exception {
        var fleet = FleetFile.read(host.folder.resolve("fleet.yaml"), Map.of());
        var job = host.restoreTest("2026-06-01", service, "local", ENOUGH);
        var own = fleet.backup(job.id().target()).orElseThrow();
        return tests.run(job, own, Objects.requireNonNull(fleet.destinations().get("local")));
    }
}

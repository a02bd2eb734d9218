package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.worker.WorkerConfig;
import io.nightshift.worker.WorkerFixture;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static void comesBack(Path folder) throws Exception {
        Files.writeString(folder.resolve("größe 1.txt"), "data");
    }

    private RestoreTest tests(Archive archive) {
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
        return new RestoreTest((own, destination) -> archive, config);
    }

    private RunResult.RestoreTest test(RestoreTest tests, String service) throws Exception {
        var fleet = FleetFile.read(host.folder.resolve("fleet.yaml"), Map.of());
        var job = host.restoreTest("2026-06-01", service, "local", ENOUGH);
        var own = fleet.backup(job.id().target()).orElseThrow();
        return tests.run(job, own, Objects.requireNonNull(fleet.destinations().get("local")));
    }
}

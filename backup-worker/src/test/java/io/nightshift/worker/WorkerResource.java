package io.nightshift.worker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A fixture for a QuarkusTest, and the settings of a worker that serves it. */
public class WorkerResource implements QuarkusTestResourceLifecycleManager {
    private final WorkerFixture fixture = WorkerFixture.create();

    @Override
    public Map<String, String> start() {
        return Map.of(
                "nightshift.fleet", fixture.folder.resolve("fleet.yaml").toString(),
                "nightshift.worker.host", WorkerFixture.HOST,
                "nightshift.worker.destinations", "local,narrow,nas",
                "nightshift.worker.parallel", "3",
                "nightshift.worker.view-root", fixture.folder.resolve("views").toString(),
                "nightshift.worker.state-dir", fixture.folder.resolve("zustand").toString(),
                "nightshift.worker.retry-lock", "PT1S",
                "nightshift.worker.backoff", "PT0.2S",
                "quarkus.http.test-port", "0");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(fixture, new TestInjector.MatchesType(WorkerFixture.class));
    }

    @Override
    public void stop() {}
}

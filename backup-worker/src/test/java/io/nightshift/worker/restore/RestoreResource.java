package io.nightshift.worker.restore;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A fixture for a QuarkusTest, and the settings of a worker that serves it. */
public class RestoreResource implements QuarkusTestResourceLifecycleManager {
    private RestoreFixture fixture;

    /** @param arguments {@code snapshot}: as of {@link RestoreFixture#create(String)} */
    @Override
    public void init(Map<String, String> arguments) {
        fixture = RestoreFixture.create(arguments.getOrDefault("snapshot", "snapshot: copy"));
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "nightshift.fleet",
                fixture.folder.resolve("fleet.yaml").toString(),
                "nightshift.worker.host",
                RestoreFixture.HOST,
                "nightshift.worker.destinations",
                "local,usb",
                "nightshift.worker.view-root",
                fixture.folder.resolve("views").toString(),
                "nightshift.worker.state-dir",
                fixture.folder.resolve("zustand").toString(),
                "nightshift.worker.retry-lock",
                "PT1S",
                "nightshift.restore.roots",
                fixture.restored().toString(),
                "nightshift.restore.max-attempts",
                "2",
                "nightshift.restore.backoff",
                "PT0.2S",
                "quarkus.http.test-port",
                "0");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(fixture, new TestInjector.MatchesType(RestoreFixture.class));
    }

    @Override
    public void stop() {}
}

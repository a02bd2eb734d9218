package io.nightshift.nats.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Starts a {@link NatsServer} for a QuarkusTest and sets {@code nats.servers}. Fields of type NatsServer are injected. */
public class NatsServerResource implements QuarkusTestResourceLifecycleManager {
    private NatsServer server;

    @Override
    public Map<String, String> start() {
        server = NatsServer.start();
        return Map.of("nats.servers", server.url());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, new TestInjector.MatchesType(NatsServer.class));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}

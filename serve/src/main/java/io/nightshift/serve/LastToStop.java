package io.nightshift.serve;

import io.nightshift.serve.bus.NatsServer;
import io.quarkus.runtime.Application;
import java.time.Duration;

/** Ends nats-server when the roles have reported, acknowledged and closed their connection, however the process is stopped. */
final class LastToStop {
    /** More than the roles take: nats.drain-timeout, and a little. */
    private static final Duration ROLES_LIMIT = Duration.ofSeconds(90);

    private LastToStop() {}

    /** @param state whose lock is to last until then */
    static void register(NatsServer nats, State state) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(nats, state), "nats-server-is-last"));
    }

    private static void stop(NatsServer nats, State state) {
        try {
            awaitRoles();
            nats.stop();
            state.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The hooks of the JVM run side by side; the framework's stops the roles, and may have begun before us: whether they are
     * started is no question to ask. Those that could not start count as stopped.
     */
    private static void awaitRoles() throws InterruptedException {
        var roles = Application.currentApplication();
        if (roles == null) {
            return;
        }
        var waiting = new Thread(roles::awaitShutdown, "roles-stop");
        waiting.setDaemon(true);
        waiting.start();
        waiting.join(ROLES_LIMIT.toMillis());
    }
}

package io.nightshift.it;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything, started by {@code deploy/local/up} until it is closed, with a connection to its bus as a person has it. */
public final class Running implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Background up;
    private final Connection nats;

    private Running(Background up, Connection nats) {
        this.up = up;
        this.nats = nats;
    }

    /** @param work gets a folder {@code state}, and {@code up}'s log */
    public static Running start(Path work, Path fleet) throws Exception {
        return start(work, fleet, Map.of());
    }

    /** @param environment of all services */
    public static Running start(Path work, Path fleet, Map<String, String> environment) throws Exception {
        var state = work.resolve("state");
        var script = Programs.PROJECT.resolve("deploy/local/up").toString();
        var up = Background.start(
                work.resolve("up.log"),
                environment,
                List.of(script, "--no-build", "--fleet", fleet.toString(), "--state", state.toString()));
        try {
            up.await(START_LIMIT, () -> up.output().contains("up: ready."));
            return new Running(
                    up,
                    Nats.connect(new Bus(state.resolve("bus")).as("operator").build()));
        } catch (Exception | Error e) {
            up.close();
            throw e;
        }
    }

    public Connection nats() {
        return nats;
    }

    /** What {@code up} has said so far. */
    String output() {
        return up.output();
    }

    /** The messages that have come so far. */
    List<Message> all(Subscription subscription) throws Exception {
        nats.flush(Duration.ofSeconds(10));
        var messages = new ArrayList<Message>();
        for (var next = subscription.nextMessage(Duration.ofMillis(100));
                next != null;
                next = subscription.nextMessage(Duration.ofMillis(100))) {
            messages.add(next);
        }
        return messages;
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
        up.close();
    }
}

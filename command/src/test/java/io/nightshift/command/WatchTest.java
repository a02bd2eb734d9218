package io.nightshift.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final String EVENTS = """
            event:state
            id:life-7
            data:{"at":"2026-04-17T02:00:00Z","about":"daedalus/prowlarr/local","text":"succeeded"}

            event:heartbeat
            data:{"at":"2026-04-17T02:00:15Z"}

            """;

    @Test
    void each_event_is_a_line_and_a_broken_stream_is_resumed_behind_the_last() throws Exception {
        try (var peer = new Peer()) {
            peer.answers("GET /api/verdict", "{}").answers("GET /api/live", EVENTS);
            var out = new ByteArrayOutputStream();
            var around = peer.around(new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
            var watching = new Thread(() -> Main.run(around, "watch"));
            watching.start();
            try {
                await().atMost(Duration.ofSeconds(30))
                        .until(() ->
                                out.toString(StandardCharsets.UTF_8).lines().count() >= 2);
                assertThat(out.toString(StandardCharsets.UTF_8).lines())
                        .allMatch("2026-04-17 02:00:00 state daedalus/prowlarr/local succeeded"::equals);
            } finally {
                watching.interrupt();
                watching.join();
            }
        }
    }
}

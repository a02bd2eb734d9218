package io.nightshift.scheduler.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.NightId;
import io.nightshift.scheduler.Fleets;
import io.nightshift.scheduler.Samples;
import io.nightshift.scheduler.state.Board;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCollectorTest {
    private static final Instant NOW = Instant.parse("2026-04-16T16:00:00Z");

    @TempDir
    Path folder;

    /** Its last ZFS snapshot grew older than each night, which was an alert for as long as it was off. */
    @Test
    void a_host_that_is_switched_off_has_no_snapshot_to_be_late_with() throws Exception {
        var fleet = Fleets.of(folder, Fleets.destination("local", ""), """
                    daedalus: { datasets: [rpool/persist], services: { app: { paths: [/persist/app] } } }
                    laptop: { enabled: false, datasets: [rpool/persist], services: { app: { paths: [/persist/app] } } }
                """);
        var board = new Board(fleet);
        for (var host : List.of("daedalus", "laptop")) {
            board.heard(Samples.ready(host, new NightId("2026-04-17"), NOW, NOW));
        }

        var samples = StateCollector.snapshots(fleet, board).samples;

        assertThat(samples).singleElement().satisfies(sample -> {
            assertThat(sample.labelValues).containsExactly("daedalus");
            assertThat(sample.value).isEqualTo(NOW.getEpochSecond());
        });
    }
}

package io.nightshift.scheduler.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.contract.Target;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.Fleets;
import io.nightshift.scheduler.state.States;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobMetersTest {
    private static final Instant NOW = Instant.parse("2026-04-17T02:30:00Z");
    private static final Target OURS = new Target("daedalus", "app01", "local");

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private JobMeters meters;

    @BeforeEach
    void aFleet() throws Exception {
        Fleet fleet = Fleets.twenty(folder);
        meters = new JobMeters(fleet, registry);
    }

    @Test
    void a_success_is_counted_with_its_duration_and_its_bytes() {
        meters.ended(States.succeeded(OURS, "2026-04-17", NOW));

        assertThat(registry.get("nightshift.jobs.ended")
                        .tags("work", "backup", "destination", "local", "state", "succeeded", "cause", "")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("nightshift.job.duration").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(7.5);
        assertThat(registry.get("nightshift.backup.processed").counter().count())
                .isEqualTo(1_000_000);
        assertThat(registry.get("nightshift.backup.added").counter().count()).isEqualTo(12_345);
        assertThat(registry.get("nightshift.backup.stored").counter().count()).isEqualTo(9_000);
    }

    @Test
    void a_failure_is_counted_with_its_cause() {
        meters.ended(States.failed(OURS, "2026-04-17", NOW));

        assertThat(registry.get("nightshift.jobs.ended")
                        .tags("state", "failed", "cause", "wrong-password")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.find("nightshift.job.duration").timer()).isNull();
    }

    @Test
    void what_the_fleet_file_does_not_name_makes_no_labels() {
        meters.ended(States.succeeded(new Target("daedalus", "app01", "nowhere"), "2026-04-17", NOW));
        meters.ended(States.succeeded(new Target("icarus", "app01", "local"), "2026-04-17", NOW));

        assertThat(registry.getMeters()).isEmpty();
    }
}

package io.nightshift.worker.restic;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.worker.WorkerFixture;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SnapshotTimeTest {
    private static final Instant CREATED = WorkerFixture.CREATED;
    private final Job.Backup night = new ResticBench().host.backup("2026-04-17", "app", "local");

    @Test
    void the_night_s_own_run_has_the_time_of_its_zfs_snapshot() {
        assertThat(SnapshotTime.of(night, 0)).isEqualTo(CREATED);
    }

    @Test
    void a_run_after_one_whose_end_got_lost_comes_after_it() {
        assertThat(SnapshotTime.of(night, 2)).isEqualTo(CREATED.plusSeconds(2));
    }

    @Test
    void what_is_asked_for_later_from_the_night_s_zfs_snapshot_comes_later() {
        assertThat(asked(CREATED, Duration.ofSeconds(20), 0)).isEqualTo(CREATED.plusSeconds(1));
        assertThat(asked(CREATED, Duration.ofHours(7), 0)).isEqualTo(CREATED.plusSeconds(420));
        assertThat(asked(CREATED, Duration.ofHours(8), 1)).isEqualTo(CREATED.plusSeconds(481));
        assertThat(asked(CREATED, Duration.ofDays(9), 0)).isEqualTo(CREATED.plusSeconds(1440));
        assertThat(asked(CREATED, Duration.ofMinutes(-1), 0))
                .as("clocks differ")
                .isEqualTo(CREATED.plusSeconds(1));
    }

    /** Forget keeps one of each day; the next night's would take this one's place, and the worse one would stay. */
    @Test
    void a_later_run_stays_in_its_day() {
        var late = Instant.parse("2026-04-16T23:55:00Z");
        assertThat(asked(late, Duration.ofHours(7), 0)).isEqualTo("2026-04-16T23:59:59Z");
        var last = Instant.parse("2026-04-16T23:59:59.5Z");
        assertThat(asked(last, Duration.ofHours(7), 0)).isAfter(last);
    }

    private Instant asked(Instant created, Duration after, int earlier) {
        var source = night.source();
        var job = new Job.Backup(
                JobId.backup(new NightId("2026-04-17T093012.500"), night.id().target()),
                created.plus(after),
                night.repository(),
                night.limits(),
                new SnapshotSource(
                        source.night(),
                        source.slot(),
                        created,
                        source.kind(),
                        source.access(),
                        source.view(),
                        source.datasets()),
                night.paths(),
                night.excludes(),
                night.tags(),
                night.allowEmpty(),
                night.shrinkTolerance());
        return SnapshotTime.of(job, earlier);
    }
}

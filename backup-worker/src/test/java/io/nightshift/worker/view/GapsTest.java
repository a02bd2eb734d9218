package io.nightshift.worker.view;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Excludes;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.Limits;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.worker.JobFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static final Instant AT = Instant.parse("2026-04-16T16:00:01Z");

    @Test
    void a_path_that_holds_a_dataset_that_was_not_snapshotted_is_refused() {
        assertThatThrownBy(() -> Gaps.refuse(job(Access.VIEW, "/persist/app", "/persist/app/films")))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("/persist/app/films");
        assertThatThrownBy(() -> Gaps.refuse(job(Access.VIEW, "/persist/app", "/persist/app")))
                .isInstanceOf(JobFailedException.class);
    }

    @Test
    void a_path_in_such_a_dataset_is_refused_though_old_files_may_be_seen_there() {
        assertThatThrownBy(() -> Gaps.refuse(job(Access.VIEW, "/persist/scratch/app", "/persist/scratch")))
                .isInstanceOf(JobFailedException.class);
    }

    @Test
    void a_gap_beside_the_path_or_above_its_own_dataset_does_no_harm() {
        assertThatCode(() -> Gaps.refuse(job(Access.VIEW, "/persist/app", "/persist/scratch", "/persist/application")))
                .doesNotThrowAnyException();
        assertThatCode(() -> Gaps.refuse(job(Access.VIEW, "/persist/deep/own/app", "/persist/deep")))
                .doesNotThrowAnyException();
    }

    @Test
    void through_dot_zfs_a_dataset_below_a_path_is_refused_for_it_would_look_empty() {
        assertThatThrownBy(() -> Gaps.refuse(job(Access.DOT_ZFS, "/persist/deep")))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("/persist/deep/own");
        assertThatCode(() -> Gaps.refuse(job(Access.DOT_ZFS, "/persist/deep/own")))
                .doesNotThrowAnyException();
        assertThatCode(() -> Gaps.refuse(job(Access.VIEW, "/persist/deep"))).doesNotThrowAnyException();
    }

    private static Job.Backup job(Access access, String path, String... gaps) {
        var night = new NightId("2026-04-17");
        var datasets = Stream.of("/persist", "/persist/deep/own")
                .map(point -> new DatasetSnapshot(
                        "rpool" + point,
                        "rpool" + point + "@x",
                        "1",
                        AT,
                        Optional.of(point),
                        Optional.of("/v" + point)))
                .toList();
        var source = new SnapshotSource(
                night, AT, AT, Kind.ZFS, access, Optional.of("/v/2026-04-17"), datasets, List.of(gaps));
        return new Job.Backup(
                JobId.backup(night, new Target("daedalus", "app", "local")),
                AT,
                "/repository",
                new Limits(Duration.ofMinutes(5), Optional.empty(), Optional.empty(), 1),
                source,
                List.of(path),
                Excludes.none(),
                List.of(),
                false,
                0.1);
    }
}

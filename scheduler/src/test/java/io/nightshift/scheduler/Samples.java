package io.nightshift.scheduler;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What others announce. */
public final class Samples {
    private Samples() {}

    public static SnapshotEvent.Ready ready(String host, NightId night, Instant slot, Instant createdAt) {
        var dataset = new DatasetSnapshot(
                "rpool/persist",
                "rpool/persist@restic_nightly_snap",
                "4711",
                createdAt,
                Optional.of("/persist"),
                Optional.of("/v/" + night + "/persist"));
        var source = new SnapshotSource(
                night, slot, createdAt, Kind.ZFS, Access.VIEW, Optional.of("/v/" + night), List.of(dataset));
        return new SnapshotEvent.Ready(host, night, createdAt, source);
    }

    public static JobStatus.Succeeded succeeded(JobId job, Instant at) {
        RunResult result = switch (job.work()) {
            case BACKUP ->
                new RunResult.Backup(
                        "abc", 1, 0, 0, 1, 0, 0, 1, 1, 10, 10, 1, 10, 0.5, Optional.empty(), Optional.empty());
            case FORGET -> new RunResult.Forget(1, 0, 0.5);
            case CHECK -> new RunResult.Check(0, 0, false, false, 0.5);
            case RESTORE_TEST -> new RunResult.RestoreTest("abc", at, 1, 3, 1, 10, 120, 100, 0.5);
        };
        return new JobStatus.Succeeded(job, at, 1, "w", result);
    }
}

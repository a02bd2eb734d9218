package io.nightshift.scheduler.plan;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.contract.plan.Spread;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Makes the jobs of a night from the fleet file. */
public final class Jobs {
    private Jobs() {}

    /** The backups that a night makes of a host: those that are switched on. */
    public static List<ServiceBackup> ofHost(Fleet fleet, String host) {
        return all(fleet, host).filter(ServiceBackup::enabled).toList();
    }

    /** Switched on or off; none of a host that left the fleet file. */
    static Stream<ServiceBackup> all(Fleet fleet, String host) {
        return Stream.ofNullable(fleet.hosts().get(host))
                .flatMap(known -> known.services().values().stream())
                .flatMap(service -> service.backups().values().stream());
    }

    /** When a backup of that night is due; at {@code now} where the night has no window. */
    public static Instant due(ServiceBackup backup, Night night, Instant now) {
        return night.window()
                .map(window -> Spread.due(backup.target(), night.id().date(), window))
                .orElse(now);
    }

    public static Job.Backup backup(ServiceBackup backup, NightId night, Instant due, SnapshotSource source) {
        return new Job.Backup(
                JobId.backup(night, backup.target()),
                due,
                backup.repository(),
                backup.limits(),
                source,
                backup.paths(),
                backup.excludes(),
                backup.tags(),
                backup.allowEmpty(),
                backup.shrinkTolerance());
    }

    /** @throws IllegalArgumentException for a backup, which needs a ZFS snapshot */
    public static Job upkeep(Work work, ServiceBackup backup, NightId night, Instant due) {
        var id = new JobId(night, backup.target(), work);
        var repository = backup.repository();
        var limits = backup.limits();
        var upkeep = backup.upkeep();
        return switch (work) {
            case BACKUP -> throw new IllegalArgumentException("a backup is no upkeep: " + id);
            case FORGET -> new Job.Forget(id, due, repository, limits, backup.retention());
            case CHECK -> new Job.Check(id, due, repository, limits, upkeep.readDataSubset());
            case RESTORE_TEST -> new Job.RestoreTest(id, due, repository, limits, upkeep.restoreTestBytes());
        };
    }

    /** What is due for a repository after a clean backup of that date's night, in the order in which it must run. */
    public static List<Work> upkeep(ServiceBackup backup, LocalDate date) {
        return Work.UPKEEP.stream()
                .filter(work ->
                        Spread.isUpkeepNight(backup.target(), backup.upkeep().rhythm(work), date))
                .toList();
    }
}

package io.nightshift.contract.plan;

import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.contract.fleet.Upkeep.Rhythm;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When everything runs next, and by which rule. */
public final class Forecast {
    private Forecast() {}

    /**
     * The next run of a job.
     *
     * @param due of a backup; of upkeep, the end of the window that it waits for
     */
    public record Run(Target target, Work work, LocalDate night, Instant due) {
        public ZonedDateTime local(ZoneId zone) {
            return due.atZone(zone);
        }
    }

    /** The next run of each job that is switched on, in the order of the targets. */
    public static List<Run> next(Fleet fleet, Instant now) {
        return fleet.backups()
                .filter(ServiceBackup::enabled)
                .flatMap(backup -> runs(fleet, backup, now))
                .toList();
    }

    private static Stream<Run> runs(Fleet fleet, ServiceBackup backup, Instant now) {
        return Stream.of(Work.values())
                .map(work -> next(fleet, backup, work, backup.upkeep().rhythm(work), now))
                .flatMap(Optional::stream);
    }

    private static Optional<Run> next(Fleet fleet, ServiceBackup backup, Work work, Rhythm rhythm, Instant now) {
        var slots = new Slots(fleet.schedule().at(), fleet.schedule().zone());
        return Stream.iterate(slots.latest(now), slot -> slots.of(slot.date().plusDays(1)))
                .limit(rhythm == Rhythm.NEVER ? 0 : rhythm.nights() + 3L)
                .filter(slot -> Spread.isUpkeepNight(backup.target(), rhythm, slot.date()))
                .map(slot -> new Run(backup.target(), work, slot.date(), due(fleet, backup, work, slot)))
                .filter(run -> run.due().isAfter(now))
                .findFirst();
    }

    private static Instant due(Fleet fleet, ServiceBackup backup, Work work, Slot slot) {
        var window = fleet.schedule().windowAfter(slot.at());
        return work == Work.BACKUP ? Spread.due(backup.target(), slot.date(), window) : window.to();
    }
}

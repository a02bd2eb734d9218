package io.nightshift.snapshot;

import io.nightshift.contract.event.StartNight;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.Host;
import io.nightshift.contract.plan.Slots;
import java.time.ZoneId;
import java.util.Optional;

/** The host that this service serves, as the fleet file describes it. */
public record ServedHost(Host host, String snapshotName, Slots slots) {

    /** @throws IllegalArgumentException if the fleet has no such host */
    public static ServedHost of(Fleet fleet, String name) {
        Host host = Optional.ofNullable(fleet.hosts().get(name))
                .orElseThrow(() -> new IllegalArgumentException("nightshift.snapshot.host=" + name
                        + " is not in fleet file " + fleet.file() + ", which has "
                        + String.join(", ", fleet.hosts().keySet()) + ": correct one of them"));
        var schedule = fleet.schedule();
        return new ServedHost(host, fleet.snapshotName(), new Slots(schedule.at(), schedule.zone()));
    }

    public ZoneId zone() {
        return slots.zone();
    }

    /** One that is switched off has no nights, but may be asked for by name. */
    public boolean isMeant(StartNight start) {
        return start.concerns(host.name()) && (host.enabled() || !start.hosts().isEmpty());
    }
}

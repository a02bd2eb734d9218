package io.nightshift.scheduler.ledger;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.StartNight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A night that was begun.
 *
 * @param hosts that are to announce their ZFS snapshots
 * @param wanted only these are backed up; empty: all that is switched on
 * @param begunAt by our clock
 * @param published whether everyone has been told
 */
public record NightEntry(Night night, List<String> hosts, List<Target> wanted, Instant begunAt, boolean published) {
    public NightEntry {
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
        wanted = wanted == null ? List.of() : List.copyOf(wanted);
    }

    public NightEntry told() {
        return new NightEntry(night, hosts, wanted, begunAt, true);
    }

    /** A second request within the same second joins the night of the first. */
    public NightEntry join(NightEntry other) {
        return new NightEntry(
                night,
                Stream.concat(hosts.stream(), other.hosts.stream()).distinct().toList(),
                Stream.concat(wanted.stream(), other.wanted.stream()).distinct().toList(),
                begunAt,
                false);
    }

    public StartNight command() {
        return new StartNight(Optional.of(night.id()), Optional.of(night.slot()), night.window(), hosts);
    }
}

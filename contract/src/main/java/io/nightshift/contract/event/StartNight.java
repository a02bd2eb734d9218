package io.nightshift.contract.event;

import io.nightshift.contract.Command;
import io.nightshift.contract.NightId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Command on {@code backup.night.start}: start a night now. The scheduler fills everything in; a person sends an empty
 * body, which means: now, every host, all jobs due at once.
 *
 * @param slot no ZFS snapshot of the night may be older; without it, the time of the message
 * @param hosts only these; empty: every host
 */
public record StartNight(Optional<NightId> night, Optional<Instant> slot, Optional<Window> window, List<String> hosts)
        implements Command {
    public StartNight {
        night = Copies.optional(night);
        slot = Copies.optional(slot);
        window = Copies.optional(window);
        hosts = Copies.list(hosts);
    }

    public static StartNight now() {
        return new StartNight(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * The night that this message starts: a pure function, so that everyone who reads the message, however often, speaks
     * of the same night.
     *
     * @param published the time that the stream gave the message
     */
    public Night resolve(Instant published, ZoneId zone) {
        return new Night(night.orElseGet(() -> NightId.manual(published, zone)), slot.orElse(published), window);
    }

    public boolean concerns(String host) {
        return hosts.isEmpty() || hosts.contains(host);
    }
}

package io.nightshift.scheduler.night;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.StartNight;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.Host;
import io.nightshift.contract.plan.Slot;
import io.nightshift.contract.plan.Slots;
import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.NightEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Begins nights: each scheduled one once, whoever restarts and however often. The ledger decides, the bus is told after
 * it; a crash between the two is made good at the next look.
 */
public final class Nights {
    private static final Logger LOG = Logger.getLogger(Nights.class);
    /** What was not told by then is of the past: a later night has come, or will. */
    private static final Duration TELL_WITHIN = Duration.ofDays(1);

    private final Fleet fleet;
    private final Ledger ledger;
    private final Bus bus;
    private final Duration punctual;
    private final Slots slots;
    private final Installation installation;

    /** @param punctual a slot that is noticed later than this is caught up */
    public Nights(Fleet fleet, Ledger ledger, Bus bus, Duration punctual, Installation installation) {
        this.fleet = fleet;
        this.ledger = ledger;
        this.bus = bus;
        this.punctual = punctual;
        this.installation = installation;
        this.slots = new Slots(fleet.schedule().at(), fleet.schedule().zone());
    }

    /** Begins the newest slot's night if nobody has; older ones that were missed are not caught up. */
    public void look(Instant now) {
        var slot = slots.latest(now);
        if (!slot.at().isBefore(installation.since(now))
                && ledger.night(slot.night()).isEmpty()) {
            begin(slot, now);
        }
        for (var night : List.copyOf(ledger.nights())) {
            if (!night.published() && night.begunAt().isAfter(now.minus(TELL_WITHIN))) {
                tell(night);
            }
        }
    }

    private void begin(Slot slot, Instant now) {
        var late = Duration.between(slot.at(), now);
        boolean catchUp = late.compareTo(punctual) > 0;
        var window = fleet.schedule().windowAfter(catchUp ? now : slot.at());
        var night = new Night(slot.night(), slot.at(), Optional.of(window));
        if (ledger.addNight(new NightEntry(night, enabledHosts(), List.of(), now, false))) {
            LOG.infof("night begun night=%s slot=%s catch-up=%s window=%s", slot.night(), slot.at(), catchUp, window);
        }
    }

    /** Begins a night for these targets alone, for a request that needs a fresh ZFS snapshot. */
    public void beginFor(Night night, List<Target> wanted, Instant now) {
        var hosts = wanted.stream().map(Target::host).distinct().toList();
        var entry = new NightEntry(night, hosts, wanted, now, false);
        if (!ledger.addNight(entry)) {
            ledger.night(night.id()).map(known -> known.join(entry)).ifPresent(ledger::putNight);
        }
        ledger.night(night.id()).ifPresent(this::tell);
    }

    /** Somebody has begun a night: we, or a person. Known ones stay as they are. */
    public void heard(StartNight start, Instant published, Instant now) {
        var night = start.resolve(published, fleet.schedule().zone());
        var hosts = fleet.hosts().keySet().stream()
                .filter(host -> start.hosts().isEmpty() ? enabledHosts().contains(host) : start.concerns(host))
                .toList();
        if (ledger.addNight(new NightEntry(night, hosts, List.of(), now, true))) {
            LOG.infof("night begun by hand night=%s hosts=%s", night.id(), hosts);
        }
    }

    private void tell(NightEntry night) {
        bus.publish(night.command());
        ledger.putNight(night.told());
    }

    private List<String> enabledHosts() {
        return fleet.hosts().values().stream()
                .filter(Host::enabled)
                .map(Host::name)
                .toList();
    }
}

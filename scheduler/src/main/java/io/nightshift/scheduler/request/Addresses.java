package io.nightshift.scheduler.request;

import io.nightshift.contract.Text;
import io.nightshift.contract.event.StartNight;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.plan.Slots;
import java.time.Instant;
import java.util.Collection;

/** Whether somebody of the fleet hears a command: with others it would lie unheard, and nobody would say so. */
public final class Addresses {
    private Addresses() {}

    /**
     * Services are left to the worker that hears it.
     *
     * @param subject {@code backup.<what>.<host>.<service>.<destination>}, of what workers are asked
     * @throws RefusedRequestException if no worker of the fleet hears it
     */
    public static void requireHeard(Fleet fleet, String subject) {
        var tokens = subject.split("\\.", -1);
        if (tokens.length != 5) {
            throw new RefusedRequestException("not " + tokens[0] + "." + tokens[1]
                    + ".<host>.<service>.<destination>: '" + Text.shown(subject, 200) + "'");
        }
        requireKnown("host", tokens[2], fleet.hosts().keySet());
        requireKnown("destination", tokens[4], fleet.destinations().keySet());
    }

    /** @throws RefusedRequestException if it names a host that is not there */
    public static void requireKnownHosts(Fleet fleet, StartNight start) {
        start.hosts().forEach(host -> requireKnown("host", host, fleet.hosts().keySet()));
    }

    /** @throws RefusedRequestException if it names a night that is still to come */
    public static void requireNotAhead(Fleet fleet, StartNight start, Instant published) {
        var schedule = fleet.schedule();
        if (new Slots(schedule.at(), schedule.zone()).isAhead(start, published)) {
            throw new RefusedRequestException("night " + start.night().orElseThrow()
                    + " is still to come, and would be taken as done; leave out 'night' to start one now");
        }
    }

    private static void requireKnown(String what, String name, Collection<String> known) {
        if (!known.contains(name)) {
            throw new RefusedRequestException("there is no " + what + " '" + Text.shown(name, 80)
                    + "' in the fleet file; known: " + String.join(", ", known));
        }
    }
}

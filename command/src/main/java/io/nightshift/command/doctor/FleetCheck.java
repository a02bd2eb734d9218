package io.nightshift.command.doctor;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.plan.SwitchedOff;
import java.util.ArrayList;
import java.util.List;

/** A fleet file that can be read: whose it is, and what is off. */
record FleetCheck(Fleet fleet, String host) implements Check {
    @Override
    public List<Finding> look() {
        var about = "fleet file " + fleet.file();
        var found = new ArrayList<Finding>();
        found.add(Finding.ok(about, "can be used, " + fleet.backups().count() + " backups"));
        if (!fleet.hosts().containsKey(host)) {
            found.add(Finding.warn(
                    about,
                    "has no host " + host + ", so nothing of this machine was looked at",
                    "name the host of this machine with --host: "
                            + String.join(", ", fleet.hosts().keySet())));
        }
        SwitchedOff.of(fleet).forEach(off -> found.add(Finding.warn(about, off.message(), SwitchedOff.ADVICE)));
        return found;
    }
}

package io.nightshift.command.doctor;

import io.nightshift.command.Surroundings;
import io.nightshift.contract.fleet.Fleet;
import java.util.ArrayList;
import java.util.List;

/** The zone of the nights, and whether somebody keeps the clock right. */
record ClockCheck(Surroundings around, Fleet fleet) implements Check {
    @Override
    public List<Finding> look() throws InterruptedException {
        var found = new ArrayList<Finding>();
        var zone = fleet.schedule().zone();
        var at = fleet.schedule().at();
        if (zone.getRules().equals(around.zone().getRules())) {
            found.add(Finding.ok(
                    "time zone", "nights begin at " + at + " " + zone + ", as this machine's clock shows it"));
        } else {
            found.add(
                    Finding.warn(
                            "time zone",
                            "nights begin at " + at + " " + zone + ", but this machine shows " + around.zone(),
                            "if that is not meant, mend schedule.zone in the fleet file, or the machine with timedatectl set-timezone"));
        }
        found.add(synchronised());
        return found;
    }

    private Finding synchronised() throws InterruptedException {
        var answer = Programs.ask(around.environment(), "timedatectl", "show", "-p", "NTPSynchronized", "--value");
        if (!answer.good()) {
            return Finding.warn("clock", "nobody here tells whether it is kept right", "see that chrony or ntpd runs");
        }
        return answer.last().equals("yes")
                ? Finding.ok("clock", "is kept right by NTP")
                : Finding.bad("clock", "is not kept right by NTP", "timedatectl set-ntp true, or start chrony");
    }
}

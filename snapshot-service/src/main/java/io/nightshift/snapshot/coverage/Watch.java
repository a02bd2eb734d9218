package io.nightshift.snapshot.coverage;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.fleet.Host;
import io.nightshift.snapshot.SnapshotException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jboss.logging.Logger;

/**
 * Says what no service backs up, and which pools are nearly full: once when it begins and once when it ends. An alert is
 * published before it is kept, so a crash in between repeats it, which readers recognise by what it is about. All methods
 * exclude each other.
 */
public final class Watch {
    private static final Logger LOG = Logger.getLogger(Watch.class);

    /** More new things than this in one look make one alert. */
    private static final int FEW = 3;

    private static final int LISTED = 10;

    /** A disk is well again when it is this many percent below the limit. */
    private static final int MARGIN = 5;

    private static final String ADVICE =
            "give it to a service of the fleet file, or write it into 'not-backed-up' of the host, with the reason";

    private final Host host;
    private final Inventory inventory;
    private final Disks disks;
    private final AlertLedger ledger;
    private final InstantSource clock;
    private final int diskLimit;

    public Watch(
            Host host,
            Inventory inventory,
            Disks disks,
            AlertLedger ledger,
            InstantSource clock,
            int diskLimitPercent) {
        this.host = host;
        this.inventory = inventory;
        this.disks = disks;
        this.ledger = ledger;
        this.clock = clock;
        this.diskLimit = diskLimitPercent;
    }

    /** Looks at that instant of the host's data. */
    public synchronized void coverage(SnapshotEvent.Ready ready) throws InterruptedException {
        Raised before = ledger.raised();
        Raised after;
        try {
            Set<String> things = new Uncovered(host).among(inventory.places(ready.source()));
            after = before.found(things, ready.night().value(), FEW);
        } catch (SnapshotException e) {
            after = before.notFoundOut(e.reason());
            if (before.unknown().isEmpty()) {
                raise(Alert.UNCOVERED, "coverage", "not found out what no service backs up: " + e.reason(), e.advice());
            }
        }
        if (before.unknown().isPresent() && after.unknown().isEmpty()) {
            end(Alert.UNCOVERED, "coverage", "it can be found out again what no service backs up");
        }
        tell(before, after);
    }

    private void tell(Raised before, Raised after) {
        after.changedSince(before)
                .forEach((alert, things) -> raise(Alert.UNCOVERED, alert, noServiceBacksUp(things), ADVICE));
        for (String alert : after.endedSince(before)) {
            end(Alert.UNCOVERED, alert, "backed up now, or said that it need not be, or gone");
        }
        keep(before, after);
    }

    private static String noServiceBacksUp(SortedSet<String> things) {
        if (things.size() == 1) {
            return "no service backs up " + things.first();
        }
        String first = String.join(", ", things.stream().limit(LISTED).toList());
        String count = things.size() < Uncovered.MOST ? things.size() + "" : Uncovered.MOST + " or more";
        return "no service backs up " + count + " folders or datasets: " + first
                + (things.size() > LISTED ? ", …" : "");
    }

    /** Looks at the disks of now. */
    public synchronized void disks() throws InterruptedException {
        Map<String, Integer> percent = disks.percentUsed();
        Raised before = ledger.raised();
        Raised after = before.filled(percent, diskLimit, MARGIN);
        for (String disk : after.full()) {
            if (!before.full().contains(disk)) {
                raise(
                        Alert.DISK,
                        disk,
                        disk + " is " + percent.get(disk) + " % full, the limit is " + diskLimit + " %",
                        "free some space: without it there are no more ZFS snapshots");
            }
        }
        for (String disk : before.full()) {
            if (!after.full().contains(disk)) {
                end(Alert.DISK, disk, percent.containsKey(disk) ? percent.get(disk) + " % full now" : "no longer used");
            }
        }
        keep(before, after);
    }

    private void keep(Raised before, Raised after) {
        if (!after.equals(before)) {
            ledger.keep(after);
        }
    }

    private void raise(String kind, String what, String message, String advice) {
        LOG.warnf("%s: %s; %s", kind, message, advice);
        ledger.publish(Alert.of(kind, about(what), clock.instant(), message, advice));
    }

    private void end(String kind, String what, String message) {
        LOG.infof("no longer %s what=%s: %s", kind, what, message);
        ledger.publish(Alert.ended(kind, about(what), clock.instant(), message));
    }

    private String about(String what) {
        return host.name() + (what.startsWith("/") ? what : "/" + what);
    }
}

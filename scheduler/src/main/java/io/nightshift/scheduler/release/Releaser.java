package io.nightshift.scheduler.release;

import io.nightshift.contract.Target;
import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Hands jobs to the workers when they are due, one for each repository at a time. It is told before it is noted: after a
 * crash between the two the job is told again under the same id, which JetStream drops, or the worker knows as done.
 */
public final class Releaser {
    private static final Logger LOG = Logger.getLogger(Releaser.class);
    /** Forget comes before check where both are due. */
    private static final Comparator<JobEntry> ORDER =
            Comparator.comparing((JobEntry entry) -> entry.job().due()).thenComparing(JobEntry::id);

    private final Ledger ledger;
    private final Bus bus;

    public Releaser(Ledger ledger, Bus bus) {
        this.ledger = ledger;
        this.bus = bus;
    }

    public void look(Instant now) {
        Set<Target> busy = ledger.jobs().stream()
                .filter(JobEntry::isOut)
                .map(JobEntry::target)
                .collect(Collectors.toCollection(HashSet::new));
        var due = ledger.jobs().stream()
                .filter(entry -> entry.isWaiting() && !entry.job().due().isAfter(now))
                .sorted(ORDER)
                .toList();
        for (var entry : due) {
            if (busy.add(entry.target())) {
                bus.publish(entry.job());
                // Its end may have been heard while it was told.
                ledger.job(entry.id()).ifPresent(told -> ledger.putJob(told.released(now)));
                LOG.infof("released job=%s due=%s", entry.id(), entry.job().due());
            }
        }
    }
}

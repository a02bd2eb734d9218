package io.nightshift.scheduler.release;

import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.Together;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Hands jobs to the workers when they are due, one for each repository at a time. It is told before it is noted: after a
 * crash between the two the job is told again under the same id, which JetStream drops, or the worker knows as done.
 */
public final class Releaser {
    private static final Logger LOG = Logger.getLogger(Releaser.class);

    private final Ledger ledger;
    private final Bus bus;
    private final Together together;

    public Releaser(Ledger ledger, Bus bus, Together together) {
        this.ledger = ledger;
        this.bus = bus;
        this.together = together;
    }

    public void look(Instant now) {
        together.forEach(ledger.due(now), entry -> release(entry, now));
    }

    private void release(JobEntry entry, Instant now) {
        bus.publish(entry.job());
        // Its end may have been heard while it was told.
        ledger.job(entry.id()).ifPresent(told -> ledger.putJob(told.released(now)));
        LOG.infof("released job=%s due=%s", entry.id(), entry.job().due());
    }
}

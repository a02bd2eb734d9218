package io.nightshift.scheduler.alarm;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Cause;
import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.Raised;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Raises alerts, says them again while they last, so that the notifier can remind, and ends them. When they are said is worked out
 * from when they began, so two schedulers, or one that died between the bus and the ledger, say the same under the same id.
 */
public final class Alarms {
    private static final Logger LOG = Logger.getLogger(Alarms.class);
    private static final Duration AGAIN = Duration.ofDays(1);
    /** What is switched off was switched off by a person: a reminder a week is enough. */
    private static final Duration DISABLED_AGAIN = Duration.ofDays(7);

    private final Ledger ledger;
    private final Bus bus;

    public Alarms(Ledger ledger, Bus bus) {
        this.ledger = ledger;
        this.bus = bus;
    }

    /** Harmless when repeated. @param alert its time is since when it is so */
    public void raise(Alert alert, Instant now) {
        var known = ledger.raised(alert.kind(), alert.about());
        var since = known.map(Raised::since).orElse(alert.at());
        var at = said(alert.kind(), since, now);
        if (known.filter(raised -> isSaid(raised, at, alert.cause())).isPresent()) {
            return;
        }
        var message = new Alert(alert.kind(), alert.about(), at, alert.message(), alert.advice(), alert.cause(), false);
        bus.publish(message);
        ledger.putRaised(Raised.by(message, since));
        LOG.warnf("alert kind=%s about=%s: %s", alert.kind(), alert.about(), alert.message());
    }

    private static Instant said(String kind, Instant since, Instant now) {
        var again = kind.equals(Alert.DISABLED) ? DISABLED_AGAIN : AGAIN;
        var lasted = Duration.between(since, now);
        return lasted.isNegative() ? since : since.plus(again.multipliedBy(lasted.dividedBy(again)));
    }

    /** What the jobs themselves said, and then no longer say, is news. */
    private static boolean isSaid(Raised raised, Instant at, Optional<Cause> cause) {
        return !raised.at().isBefore(at) && raised.cause().isPresent() == cause.isPresent();
    }

    /** Ends an alert, if it was raised. */
    public void end(String kind, String about, Instant at, String message) {
        ledger.raised(kind, about).ifPresent(raised -> {
            bus.publish(Alert.ended(kind, about, at, message));
            ledger.removeRaised(raised);
            LOG.infof("alert over kind=%s about=%s: %s", kind, about, message);
        });
    }

    /** All of a kind that are raised. */
    public List<Raised> raised(String kind) {
        return ledger.raised().stream()
                .filter(raised -> raised.kind().equals(kind))
                .toList();
    }
}

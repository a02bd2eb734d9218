package io.nightshift.scheduler.ledger;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Cause;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert that is raised, and not yet over.
 *
 * @param since when it became so
 * @param at of the alert that was last published
 */
public record Raised(String kind, String about, Instant since, Instant at, Optional<Cause> cause) {
    public Raised {
        cause = cause == null ? Optional.empty() : cause;
    }

    public static Raised by(Alert alert, Instant since) {
        return new Raised(alert.kind(), alert.about(), since, alert.at(), alert.cause());
    }

    public static String key(String kind, String about) {
        return kind + "/" + about;
    }

    public String key() {
        return key(kind, about);
    }
}

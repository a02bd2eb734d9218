package io.nightshift.snapshot.coverage;

import io.nightshift.contract.event.Alert;

/** The alerts of this host: where they go, and which of them stand. It survives a reboot. */
public interface AlertLedger {

    Raised raised();

    void keep(Raised raised);

    /** Returns when it is stored. */
    void publish(Alert alert);
}

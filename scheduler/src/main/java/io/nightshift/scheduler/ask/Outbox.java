package io.nightshift.scheduler.ask;

import io.nightshift.contract.event.BackupRequest;

/** Says on the bus what a person asks for. */
public interface Outbox {
    /** Returns when it is kept. */
    void request(String subject, BackupRequest request);
}

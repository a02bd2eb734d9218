package io.nightshift.scheduler.ask;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.contract.event.RestoreRequest;

/** Says on the bus what a person asks for. */
public interface Outbox {
    /** Returns when it is kept. */
    void request(String subject, BackupRequest request);

    void restore(Target target, RestoreRequest request);

    /** Not kept: every worker of the host hears it now, or never. */
    void cancel(Target target, String restore);
}

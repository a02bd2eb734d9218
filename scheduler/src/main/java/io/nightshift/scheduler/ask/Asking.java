package io.nightshift.scheduler.ask;

import io.nightshift.contract.Subjects;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.request.Expansion;

/** The way from a person to the bus. */
public final class Asking {
    private final Fleet fleet;
    private final Outbox outbox;

    public Asking(Fleet fleet, Outbox outbox) {
        this.fleet = fleet;
        this.outbox = outbox;
    }

    /**
     * What was asked for.
     *
     * @param subject on which it was said
     * @param jobs how many it stands for
     */
    public record Asked(String subject, int jobs) {}

    /**
     * Each of the names may be {@code all}.
     *
     * @throws io.nightshift.scheduler.request.RefusedRequestException if there is no such backup: nothing was said then
     */
    public Asked request(String host, String service, String destination, BackupRequest request) {
        var subject = Subjects.request(host, service, destination);
        int jobs = Expansion.of(fleet, subject).size();
        outbox.request(subject, request);
        return new Asked(subject, jobs);
    }
}

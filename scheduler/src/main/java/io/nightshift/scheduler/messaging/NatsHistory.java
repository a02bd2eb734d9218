package io.nightshift.scheduler.messaging;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.nats.LastValue;
import io.nightshift.nats.NatsClient;
import io.nightshift.scheduler.state.History;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The history that BACKUP_STATUS keeps. */
@ApplicationScoped
class NatsHistory implements History {
    /** The subject of a job does not have its night in it. */
    private static final NightId ANY = new NightId("1970-01-01");

    private final NatsClient nats;

    NatsHistory(NatsClient nats) {
        this.nats = nats;
    }

    @Override
    public List<JobStatus> states(Target target, Work work) {
        var subject = Subjects.status(new JobId(ANY, target, work));
        var states = new ArrayList<>(nats.history(Subjects.STATUS_STREAM, subject).stream()
                .flatMap(NatsHistory::status)
                .toList());
        Collections.reverse(states);
        return states;
    }

    @Override
    public List<JobStatus> latest() {
        return Stream.of(Subjects.STATUSES, Subjects.UPKEEPS)
                .flatMap(filter -> nats.lastPerSubject(Subjects.STATUS_STREAM, filter).stream())
                .flatMap(NatsHistory::status)
                .toList();
    }

    /** What nobody could read is not there; nor is what was said on another's subject. */
    private static Stream<JobStatus> status(LastValue value) {
        return Wire.readable(value.body(), JobStatus.class)
                .filter(status -> status.subject().equals(value.subject()))
                .stream();
    }
}

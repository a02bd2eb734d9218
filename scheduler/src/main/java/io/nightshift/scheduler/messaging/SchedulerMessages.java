package io.nightshift.scheduler.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.StartNight;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.nats.DeadLetterException;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.nats.RetryLaterException;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.NightEntry;
import io.nightshift.scheduler.night.Nights;
import io.nightshift.scheduler.plan.Planner;
import io.nightshift.scheduler.release.Ends;
import io.nightshift.scheduler.request.Addresses;
import io.nightshift.scheduler.request.RefusedRequestException;
import io.nightshift.scheduler.request.Requests;
import io.nightshift.telemetry.log.JobLine;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** What the scheduler hears. Each message may come twice: the ledger knows what is done already. */
@ApplicationScoped
class SchedulerMessages {
    private static final Logger LOG = Logger.getLogger(SchedulerMessages.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    /** An announcement for a night that nobody has heard of by then is not waited for any longer. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Fleet fleet;
    private final Nights nights;
    private final Planner planner;
    private final Requests requests;
    private final Ends ends;
    private final Ledger ledger;
    private final InstantSource clock;

    SchedulerMessages(
            Fleet fleet,
            Nights nights,
            Planner planner,
            Requests requests,
            Ends ends,
            Ledger ledger,
            InstantSource clock) {
        this.fleet = fleet;
        this.nights = nights;
        this.planner = planner;
        this.requests = requests;
        this.ends = ends;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Incoming("night-start")
    @Blocking
    void start(byte[] body, NatsMessageMetadata message) {
        var start = read(body, StartNight.class);
        refusing(() -> Addresses.requireKnownHosts(fleet, start));
        refusing(() -> Addresses.requireNotAhead(fleet, start, message.timestamp()));
        nights.heard(start, message.timestamp(), clock.instant());
    }

    @Incoming("snapshots")
    @Blocking
    void snapshot(byte[] body, NatsMessageMetadata message) {
        var event = read(body, SnapshotEvent.class);
        requireOwn(event.subject(), message);
        night(event, message).ifPresent(night -> {
            if (event instanceof SnapshotEvent.Ready ready) {
                planner.ready(night, ready, clock.instant());
            } else if (event instanceof SnapshotEvent.Failed failed) {
                planner.fail(night, failed.host(), failed.reason(), failed.advice(), clock.instant());
            }
        });
    }

    /** The start of a night and the answer to it come by different ways, so the answer may be here first. */
    private Optional<NightEntry> night(SnapshotEvent event, NatsMessageMetadata message) {
        var night = ledger.night(event.night());
        if (night.isEmpty()) {
            if (message.timestamp().isAfter(clock.instant().minus(PATIENCE))) {
                throw new RetryLaterException(SOON, "the night " + event.night() + " is not known yet", null);
            }
            LOG.warnf("ignored an announcement of an unknown night night=%s host=%s", event.night(), event.host());
        }
        return night;
    }

    /** Several at once, in any order: what may not meet, and why the order does not matter, is in {@link Ends#heard}. */
    @Incoming("statuses")
    @Blocking(ordered = false)
    void status(byte[] body, NatsMessageMetadata message) {
        if (message.subject().startsWith("backup.restored.")) {
            return; // it is the board's
        }
        var status = read(body, JobStatus.class);
        requireOwn(status.subject(), message);
        try (var line = JobLine.of(status.job())) {
            ends.heard(status, clock.instant());
        }
    }

    @Incoming("requests")
    @Blocking
    void request(byte[] body, NatsMessageMetadata message) {
        var request = read(body, BackupRequest.class);
        refusing(() -> requests.handle(message.subject(), request, message.timestamp(), clock.instant()));
    }

    private static void refusing(Runnable deed) {
        try {
            deed.run();
        } catch (RefusedRequestException e) {
            throw new DeadLetterException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireOwn(String meant, NatsMessageMetadata message) {
        try {
            Subjects.requireOwn(meant, message.subject());
        } catch (MalformedMessageException e) {
            throw new DeadLetterException(String.valueOf(e.getMessage()), e);
        }
    }

    private static <T> T read(byte[] body, Class<T> type) {
        try {
            return Wire.read(body, type);
        } catch (MalformedMessageException e) {
            throw new DeadLetterException(String.valueOf(e.getMessage()), e);
        }
    }
}

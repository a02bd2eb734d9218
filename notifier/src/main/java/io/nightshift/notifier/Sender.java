package io.nightshift.notifier;

import io.nightshift.notifier.Channel.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Sends what is pending, one message after the other. A message is marked as told after it was sent: should the service die
 * between the two, it is sent once more, which is better than not at all. {@link #offer} may be called by any thread, {@link
 * #round} and {@link #lastRound} by one.
 */
public final class Sender {
    private static final Logger LOG = Logger.getLogger(Sender.class);

    private final IncidentStore incidents;
    private final Channel channel;
    private final Wording wording;
    private final List<Duration> pauses;
    private final InstantSource clock;

    private final ConcurrentMap<String, Instant> waiting = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> refused = new ConcurrentHashMap<>();
    private volatile boolean loaded;
    private volatile Optional<Instant> failingSince = Optional.empty();
    private volatile String lastFailure = "";
    private int failures;
    private Instant notBefore = Instant.MIN;

    /** @param pauses after the first, second, … failure in a row to reach the channel; the last repeats */
    public Sender(
            IncidentStore incidents, Channel channel, Wording wording, List<Duration> pauses, InstantSource clock) {
        this.incidents = incidents;
        this.channel = channel;
        this.wording = wording;
        this.pauses = List.copyOf(pauses);
        this.clock = clock;
    }

    /**
     * Changes an incident, and takes note of what is to be sent of it. One at a time: the note must be of the last change.
     *
     * @return it, afterwards
     */
    public synchronized Optional<Incident> change(String key, UnaryOperator<Optional<Incident>> change) {
        var after = incidents.change(key, change);
        after.ifPresentOrElse(this::note, () -> waiting.remove(key));
        return after;
    }

    private void note(Incident incident) {
        var pending = incident.pending();
        if (pending.isEmpty()) {
            waiting.remove(incident.key());
            refused.remove(incident.key());
        } else if (pending.get().waits()) {
            refused.remove(incident.key());
            waiting.put(incident.key(), pending.get().due());
        } else {
            waiting.remove(incident.key());
            refused.put(incident.key(), pending.get().refused().orElse(""));
        }
    }

    /** Sends what is due. The first one after a start also takes up what was left over, refused messages included. */
    public void round() {
        sendUntil(clock.instant());
    }

    /** The last one before a stop: what is still being gathered is sent, as it is now. */
    public void lastRound(Duration gather) {
        sendUntil(clock.instant().plus(gather));
    }

    private void sendUntil(Instant limit) {
        if (!loaded) {
            load();
        }
        if (clock.instant().isBefore(notBefore)) {
            return;
        }
        var due = waiting.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(limit))
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
        for (var key : due) {
            if (!send(key)) {
                return;
            }
        }
    }

    private void load() {
        var left = incidents.all().stream()
                .filter(incident -> incident.pending().isPresent())
                .toList();
        for (var incident : left) {
            change(incident.key(), now -> now.map(Incident::triedAgain));
        }
        loaded = true;
        LOG.infof("sending begins: channel=%s left-over=%d", channel.name(), left.size());
    }

    /** @return whether the channel can be asked again at once */
    private boolean send(String key) {
        var current = change(key, now -> now);
        var pending = current.flatMap(Incident::pending).filter(Pending::waits);
        if (current.isEmpty() || pending.isEmpty()) {
            return true;
        }
        var outcome = channel.send(wording.note(current.get(), pending.get()));
        if (outcome instanceof Outcome.RetryLater later) {
            pause(later);
            return false;
        }
        failingSince = Optional.empty();
        failures = 0;
        mark(key, pending.get(), outcome);
        return true;
    }

    private void mark(String key, Pending sent, Outcome outcome) {
        if (outcome instanceof Outcome.Refused no) {
            LOG.errorf(
                    "message refused, nobody was told: channel=%s incident=%s: %s", channel.name(), key, no.reason());
            change(key, now -> now.map(i -> i.refused(sent, no.reason())));
        } else {
            LOG.infof("message sent: channel=%s incident=%s why=%s", channel.name(), key, sent.why());
            change(key, now -> now.map(i -> i.told(sent, clock.instant())));
        }
    }

    private void pause(Outcome.RetryLater later) {
        var usual = pauses.get(Math.min(failures, pauses.size() - 1));
        var pause = later.atLeast().filter(asked -> asked.compareTo(usual) > 0).orElse(usual);
        failures++;
        notBefore = clock.instant().plus(pause);
        failingSince = failingSince.or(() -> Optional.of(clock.instant()));
        lastFailure = later.reason();
        LOG.warnf(
                "message not sent, tried again in %s: channel=%s waiting=%d: %s",
                pause, channel.name(), waiting.size(), later.reason());
    }

    /** For the health check. */
    public State state() {
        var now = clock.instant();
        int due = (int) waiting.values().stream().filter(at -> !at.isAfter(now)).count();
        return new State(channel.name(), due, Map.copyOf(refused), failingSince, lastFailure);
    }

    /**
     * How the sending goes.
     *
     * @param waiting messages that are due and have not been sent; what waits for its time is no sign of trouble
     * @param refused incidents of which nobody was told, and why
     * @param failingSince since when the channel takes nothing, for reasons that may pass
     */
    public record State(
            String channel,
            int waiting,
            Map<String, String> refused,
            Optional<Instant> failingSince,
            String lastFailure) {}
}

package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * All that is known at the moment. Only what the fleet file names is kept, so the bus cannot make it grow. Thread-safe.
 */
public final class Board {
    private static final int JOURNAL = 300;
    private static final int ALERTS = 2_000;
    private static final int REJECTED = 100;

    private record Key(Target target, Work work) {}

    private final Map<Target, TargetState> targets = new ConcurrentHashMap<>();
    private final Map<String, HostState> hosts = new ConcurrentHashMap<>();
    private final Map<Key, Activity> activities = new ConcurrentHashMap<>();
    private final Map<String, Alert> alerts = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Rejected> rejected = new ConcurrentLinkedDeque<>();
    private final Restores restores = new Restores();
    private final Journal journal = new Journal(JOURNAL);
    private final List<Consumer<Entry>> entryListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Target>> targetListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Progress>> progressListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<RestoreProgress>> restoringListeners = new CopyOnWriteArrayList<>();

    public Board(Fleet fleet) {
        fleet.backups().map(ServiceBackup::target).forEach(t -> targets.put(t, TargetState.unheard(t)));
        fleet.hosts().keySet().forEach(name -> hosts.put(name, HostState.unheard(name)));
    }

    public void heard(JobStatus status) {
        if (keep(status)) {
            follow(status);
            tell(status.at(), Entry.Kind.STATE, status.job().toString(), words(status));
        }
    }

    /** History that is read later than it happened: it fills in what is missing, and is no news. */
    public void remembered(JobStatus status) {
        keep(status);
    }

    private boolean keep(JobStatus status) {
        var target = status.job().target();
        boolean known = targets.computeIfPresent(target, (t, state) -> state.heard(status)) != null;
        if (known && status.isFinal()) {
            targetListeners.forEach(listener -> listener.accept(target));
        }
        return known;
    }

    private void follow(JobStatus status) {
        var key = new Key(status.job().target(), status.job().work());
        activities.compute(key, (same, now) -> {
            if (now != null && now.status().job().night().compareTo(status.job().night()) > 0) {
                return now;
            }
            return status.isFinal() ? null : new Activity(status, Optional.empty());
        });
    }

    private static String words(JobStatus status) {
        return status.state()
                + status.problem().map(failure -> ": " + failure.message()).orElse("");
    }

    public void heard(Progress progress) {
        var key = new Key(progress.job().target(), progress.job().work());
        activities.computeIfPresent(key, (same, activity) -> activity.with(progress));
        progressListeners.forEach(listener -> listener.accept(progress));
    }

    public void heard(RestoreStatus status) {
        if (targets.containsKey(status.target())) {
            var state = restores.heard(status);
            tell(status.at(), Entry.Kind.RESTORE, status.target() + "/" + status.restore(), state.words());
        }
    }

    public void heard(RestoreProgress progress) {
        restores.heard(progress);
        restoringListeners.forEach(listener -> listener.accept(progress));
    }

    public void heard(Alert alert) {
        var key = alert.kind() + " " + alert.about();
        if (alert.over()) {
            alerts.remove(key);
        } else if (alerts.size() < ALERTS || alerts.containsKey(key)) {
            alerts.put(key, alert);
        }
        if (alert.kind().equals(Alert.OVERDUE)) {
            about(alert).ifPresent(target -> targetListeners.forEach(listener -> listener.accept(target)));
        }
        tell(alert.at(), Entry.Kind.ALERT, alert.about(), alert.kind() + ": " + alert.message());
    }

    /** Of upkeep, and of what left the fleet file, there is none. */
    private Optional<Target> about(Alert alert) {
        try {
            return Optional.of(Target.parse(alert.about())).filter(targets::containsKey);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public void heard(SnapshotEvent event) {
        if (hosts.computeIfPresent(event.host(), (name, state) -> state.heard(event)) != null) {
            var kind = event.subject().substring(event.subject().lastIndexOf('.') + 1);
            tell(event.at(), Entry.Kind.SNAPSHOT, event.host(), "ZFS snapshots of " + event.night() + ": " + kind);
        }
    }

    public void heard(Rejected message) {
        rejected.addFirst(message);
        if (rejected.size() > REJECTED) {
            rejected.pollLast();
        }
        tell(message.at(), Entry.Kind.REJECTED, message.subject(), message.reason());
    }

    private void tell(Instant at, Entry.Kind kind, String about, String text) {
        var entry = journal.add(at, kind, about, text);
        entryListeners.forEach(listener -> listener.accept(entry));
    }

    public Optional<TargetState> target(Target target) {
        return Optional.ofNullable(targets.get(target));
    }

    public Collection<TargetState> targets() {
        return targets.values();
    }

    public Optional<HostState> host(String name) {
        return Optional.ofNullable(hosts.get(name));
    }

    /** In the order of their names. */
    public List<HostState> hosts() {
        return hosts.values().stream()
                .sorted(Comparator.comparing(HostState::name))
                .toList();
    }

    /** What runs, by time. */
    public List<Activity> running() {
        return activities.values().stream()
                .filter(Activity::isRunning)
                .sorted(Comparator.comparing(Activity::since))
                .toList();
    }

    /** How many wait. */
    public long waiting() {
        return activities.values().stream().filter(each -> !each.isRunning()).count();
    }

    /** What runs first, then what waits; each by time. */
    public List<Activity> activities() {
        return activities.values().stream()
                .sorted(Comparator.comparing(Activity::isRunning).reversed().thenComparing(Activity::since))
                .toList();
    }

    public Optional<Activity> activity(Target target, Work work) {
        return Optional.ofNullable(activities.get(new Key(target, work)));
    }

    /** Those that are not over, newest first. */
    public List<Alert> alerts() {
        return alerts.values().stream()
                .sorted(Comparator.comparing(Alert::at).reversed())
                .toList();
    }

    /** Newest first. */
    public List<Rejected> rejectedSince(Instant start) {
        return rejected.stream().filter(message -> message.at().isAfter(start)).toList();
    }

    /** What passed lately, newest first. */
    public List<Entry> entries() {
        return journal.newest();
    }

    public Restores restores() {
        return restores;
    }

    /** Called on the thread that hears; must be quick. */
    public void onEntry(Consumer<Entry> listener) {
        entryListeners.add(listener);
    }

    /** As {@link #onEntry}: whenever something was heard that may change how safe the data of a target is. */
    void onTarget(Consumer<Target> listener) {
        targetListeners.add(listener);
    }

    /** As {@link #onEntry}; progress is no entry. */
    public void onProgress(Consumer<Progress> listener) {
        progressListeners.add(listener);
    }

    public void onRestoring(Consumer<RestoreProgress> listener) {
        restoringListeners.add(listener);
    }
}

package io.nightshift.scheduler.state;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.fleet.ServiceBackup;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the data of a target is safe. Pure: overdue beats success, and what nobody has heard of is unknown, not good. */
public final class Judgement {
    private final Set<String> overdue;
    private final Instant now;

    /** @param alerts those that are not over */
    public Judgement(Collection<Alert> alerts, Instant now) {
        this.overdue = alerts.stream()
                .filter(alert -> alert.kind().equals(Alert.OVERDUE))
                .map(Alert::about)
                .collect(Collectors.toSet());
        this.now = now;
    }

    public Health of(ServiceBackup backup, TargetState state) {
        if (!backup.enabled()) {
            return Health.OFF;
        }
        if (isOverdue(backup, state)) {
            return Health.OVERDUE;
        }
        var health = state.last().map(Judgement::of).orElseGet(() -> ofGood(state.good()));
        return health == Health.GOOD && state.doubt().isPresent() ? Health.SUSPECT : health;
    }

    /** The scheduler's alert is exact; the age here is that of the end of the job, and needs no alert to be said. */
    private boolean isOverdue(ServiceBackup backup, TargetState state) {
        var limit = now.minus(backup.overdueAfter());
        return overdue.contains(backup.target().toString())
                || state.good().filter(good -> good.at().isBefore(limit)).isPresent();
    }

    private static Health of(JobStatus last) {
        if (last instanceof JobStatus.Succeeded) {
            return Health.GOOD;
        } else if (last instanceof JobStatus.Incomplete) {
            return Health.INCOMPLETE;
        }
        return last instanceof JobStatus.Suspect ? Health.SUSPECT : Health.FAILED;
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static Health ofGood(Optional<GoodBackup> good) {
        return good.isPresent() ? Health.GOOD : Health.UNKNOWN;
    }
}

package io.nightshift.it.fault.judge;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every planned job reaches exactly one final state. Planned is what a night is to back up, and what was ever queued. */
final class OneEnd implements Judge.Promise {
    @Override
    public Stream<String> broken(History history) {
        var ends = history.ends().stream()
                .collect(Collectors.groupingBy(end -> end.what().job()));
        return planned(history).entrySet().stream().flatMap(plan -> {
            var found = withoutRetold(history, ends.getOrDefault(plan.getKey(), List.of()));
            return found.size() == 1
                    ? Stream.empty()
                    : Stream.of("job " + plan.getKey() + ", planned by " + plan.getValue() + ", has "
                            + (found.isEmpty() ? "no final state" + last(history, plan.getKey()) : many(found)));
        });
    }

    /** Where the store was lost between two ends with the same snapshot, nobody could know of the first. */
    private static List<History.Said<JobStatus>> withoutRetold(History history, List<History.Said<JobStatus>> ends) {
        var left = new ArrayList<History.Said<JobStatus>>();
        for (int i = 0; i < ends.size(); i++) {
            if (i == 0 || !isRetold(history, ends.get(i - 1), ends.get(i))) {
                left.add(ends.get(i));
            }
        }
        return left;
    }

    private static boolean isRetold(History history, History.Said<JobStatus> first, History.Said<JobStatus> second) {
        return snapshot(first).isPresent()
                && snapshot(first).equals(snapshot(second))
                && history.all(Entry.StoreLost.class).stream()
                        .anyMatch(lost ->
                                lost.at().isAfter(first.at()) && lost.at().isBefore(second.at()));
    }

    private static Optional<String> snapshot(History.Said<JobStatus> end) {
        return end.what() instanceof JobStatus.Succeeded succeeded
                        && succeeded.result() instanceof RunResult.Backup backup
                ? Optional.of(backup.snapshot())
                : Optional.empty();
    }

    private static Map<JobId, String> planned(History history) {
        var planned = new LinkedHashMap<JobId, String>();
        for (var start : history.starts()) {
            var night = History.night(start);
            history.targets().stream()
                    .filter(target -> start.what().concerns(target.host()))
                    .forEach(target ->
                            planned.putIfAbsent(JobId.backup(night.id(), target), start.where() + " at " + start.at()));
        }
        for (var status : history.statuses()) {
            if (status.what() instanceof JobStatus.Queued) {
                planned.putIfAbsent(status.what().job(), status.where() + " at " + status.at());
            }
        }
        return planned;
    }

    private static String last(History history, JobId job) {
        return history.statuses().stream()
                .filter(status -> status.what().job().equals(job))
                .reduce((first, second) -> second)
                .map(status -> "; the last is " + status.what().state() + " at " + status.at())
                .orElse("; nothing was ever heard of it");
    }

    private static String many(List<History.Said<JobStatus>> ends) {
        return ends.size() + " final states: "
                + ends.stream()
                        .map(end -> end.what().state() + " at " + end.at() + " (" + end.where() + ")")
                        .collect(Collectors.joining(", "));
    }
}

package io.nightshift.it.fault.judge;

import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.StartNight;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Each night once for its date, none before its time, and in their order: one slot, and on each host one answer. */
final class OneNight implements Judge.Promise {
    @Override
    public Stream<String> broken(History history) {
        return Stream.of(slots(history), early(history), order(history), answers(history))
                .flatMap(sentences -> sentences);
    }

    private static Stream<String> slots(History history) {
        return history.starts().stream()
                .collect(Collectors.groupingBy(start -> History.night(start).id()))
                .entrySet()
                .stream()
                .flatMap(night -> {
                    var slots = night.getValue().stream()
                            .map(start -> History.night(start).slot())
                            .distinct()
                            .toList();
                    return slots.size() == 1
                            ? Stream.empty()
                            : Stream.of("night " + night.getKey() + " was started for " + slots.size() + " slots: "
                                    + slots);
                });
    }

    private static Stream<String> early(History history) {
        return byTheClock(history)
                .filter(start ->
                        history.clock(start.at()).isBefore(History.night(start).slot()))
                .map(start -> "night " + History.night(start).id() + " was started at " + history.clock(start.at())
                        + ", before its slot " + History.night(start).slot());
    }

    private static Stream<String> order(History history) {
        var starts = byTheClock(history).toList();
        return IntStream.range(1, starts.size())
                .filter(i -> night(starts, i).compareTo(night(starts, i - 1)) < 0)
                .mapToObj(i -> "night " + night(starts, i) + " was started at "
                        + starts.get(i).at() + ", after night " + night(starts, i - 1));
    }

    private static String night(List<History.Said<StartNight>> starts, int i) {
        return History.night(starts.get(i)).id().toString();
    }

    private static Stream<History.Said<StartNight>> byTheClock(History history) {
        return history.starts().stream()
                .filter(start -> History.night(start).id().isScheduled());
    }

    private static Stream<String> answers(History history) {
        return history.announcements().stream()
                .filter(said -> !(said.what() instanceof SnapshotEvent.Release))
                .collect(Collectors.groupingBy(said -> "night " + said.what().night() + " of host "
                        + said.what().host()))
                .entrySet()
                .stream()
                .flatMap(night -> {
                    var answers = night.getValue().stream()
                            .map(said -> answer(said.what()))
                            .distinct()
                            .toList();
                    return answers.size() == 1
                            ? Stream.empty()
                            : Stream.of(night.getKey() + " was answered " + answers.size() + " times: " + answers);
                });
    }

    private static String answer(SnapshotEvent event) {
        return event instanceof SnapshotEvent.Ready ready
                ? "ready, created at " + ready.source().createdAt()
                : "failed at " + event.at();
    }
}

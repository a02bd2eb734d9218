package io.nightshift.it.fault.judge;

import io.nightshift.contract.event.SnapshotEvent;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each night once for its date: one slot, and on each host one answer. */
final class OneNight implements Judge.Promise {
    @Override
    public Stream<String> broken(History history) {
        return Stream.concat(slots(history), answers(history));
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

package io.nightshift.scheduler.state;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The verdict in one sentence. Pure. */
final class Headline {
    private static final Map<Health, String> WORDS = new EnumMap<>(Map.of(
            Health.OVERDUE, "overdue",
            Health.FAILED, "failed",
            Health.SUSPECT, "suspect",
            Health.INCOMPLETE, "incomplete",
            Health.UNKNOWN, "not heard of yet"));

    private Headline() {}

    static String of(Map<Health, Long> counts, long alerts) {
        long on = counts.entrySet().stream()
                .filter(each -> each.getKey() != Health.OFF)
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (on == 0) {
            return "Nothing is to be backed up";
        }
        var wrong = Stream.concat(
                        counts.entrySet().stream()
                                .filter(each -> WORDS.containsKey(each.getKey()))
                                .map(each -> each.getValue() + " " + WORDS.get(each.getKey())),
                        alerts == 0 ? Stream.of() : Stream.of(alerts + (alerts == 1 ? " warning" : " warnings")))
                .collect(Collectors.toList());
        return wrong.isEmpty()
                ? (on == 1 ? "The backup is" : "All " + on + " backups are") + " safe"
                : sentence(wrong, on);
    }

    private static String sentence(List<String> wrong, long on) {
        return String.join(", ", wrong) + ", of " + on + (on == 1 ? " backup" : " backups");
    }
}

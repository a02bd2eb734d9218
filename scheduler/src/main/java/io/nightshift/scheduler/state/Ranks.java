package io.nightshift.scheduler.state;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All targets of the fleet file as they are at a moment. Immutable.
 *
 * @param worstFirst then in the order of their names
 * @param counts how many there are of each health
 * @param destinations that any service goes to, by name
 * @param services how many there are on all hosts
 */
public record Ranks(List<Ranked> worstFirst, Map<Health, Long> counts, List<String> destinations, int services) {

    static Ranks none(Fleet fleet) {
        var targets = fleet.backups().map(ServiceBackup::target).toList();
        return new Ranks(
                List.of(),
                Map.of(),
                targets.stream()
                        .map(target -> target.destination())
                        .distinct()
                        .sorted()
                        .toList(),
                (int) targets.stream()
                        .map(target -> target.host() + "/" + target.service())
                        .distinct()
                        .count());
    }

    Ranks with(List<Ranked> worstFirst, Map<Health, Long> counts) {
        return new Ranks(worstFirst, counts, destinations, services);
    }

    /** Those of which a person should do something. */
    public Stream<Ranked> bad() {
        return worstFirst.stream().takeWhile(each -> each.health().isBad());
    }
}
